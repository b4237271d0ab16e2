# Finds the JDK that Clade needs and exports JAVA_HOME. Sourced by `clade` and `mvnw`; POSIX sh, starts no `java`.
#
# Needed: feature version 25, at least 25.0.3 (earlier ones can corrupt data under G1, JDK-8377811). Where CLADE_JAVA_HOME is set, it
# alone is looked at. Otherwise the highest of JAVA_HOME, the java on the PATH and the usual folders wins; at equal versions, the first.
# CLADE_JDK_FOLDERS (separated by colons, default below) names the folders whose children are looked at.

clade_jdk_release() { # the version in $1/release, as "feature.interim.update...", or nothing
    clade_jdk_version=
    [ -r "$1/release" ] || return 0
    while IFS='=' read -r clade_jdk_key clade_jdk_value || [ -n "$clade_jdk_key" ]; do
        [ "$clade_jdk_key" = JAVA_VERSION ] || continue
        clade_jdk_version=${clade_jdk_value#\"}
        clade_jdk_version=${clade_jdk_version%%\"*}
        clade_jdk_version=${clade_jdk_version%%[!0-9.]*}
    done <"$1/release"
}

clade_jdk_rank() { # "25.0.3" -> 25000003000, so that versions compare as numbers; 0 for what is no version
    clade_jdk_rank=0
    clade_jdk_rest=$1
    for clade_jdk_turn in 1 2 3 4; do
        clade_jdk_part=${clade_jdk_rest%%.*}
        case $clade_jdk_rest in
        *.*) clade_jdk_rest=${clade_jdk_rest#*.} ;;
        *) clade_jdk_rest= ;;
        esac
        case $clade_jdk_part in
        '' | ????*) clade_jdk_part=0 ;;
        0?*) clade_jdk_part=${clade_jdk_part#0} ;;
        esac
        clade_jdk_rank=$((clade_jdk_rank * 1000 + clade_jdk_part))
    done
}

clade_jdk_consider() { # $1: a folder that may be a JDK; $2: how it was found
    clade_jdk_home=${1%/}
    case :$clade_jdk_seen: in *:"$clade_jdk_home":*) return 0 ;; esac
    clade_jdk_seen=$clade_jdk_seen:$clade_jdk_home
    clade_jdk_release "$clade_jdk_home"
    [ -n "$clade_jdk_version" ] || return 0
    clade_jdk_rank "$clade_jdk_version"
    clade_jdk_fault=
    if [ "$clade_jdk_rank" -lt 25000000000 ] || [ "$clade_jdk_rank" -ge 26000000000 ]; then
        clade_jdk_fault='not 25'
    elif [ "$clade_jdk_rank" -lt 25000003000 ]; then
        clade_jdk_fault='older than 25.0.3'
    elif [ ! -x "$clade_jdk_home/bin/java" ] || [ ! -x "$clade_jdk_home/bin/javac" ]; then
        clade_jdk_fault='no compiler: a JRE'
    fi
    if [ -n "$clade_jdk_fault" ]; then
        clade_jdk_found="$clade_jdk_found
  $clade_jdk_version  $clade_jdk_home  ($2; $clade_jdk_fault)"
    elif [ "$clade_jdk_rank" -gt "$clade_jdk_best_rank" ]; then
        clade_jdk_best=$clade_jdk_home
        clade_jdk_best_version=$clade_jdk_version
        clade_jdk_best_rank=$clade_jdk_rank
    fi
}

clade_jdk_on_path() { # the home of the java on the PATH, through symbolic links
    clade_jdk_java=$(command -v java 2>/dev/null) || return 0
    clade_jdk_hops=0
    while [ -h "$clade_jdk_java" ] && [ $clade_jdk_hops -lt 20 ]; do
        clade_jdk_hops=$((clade_jdk_hops + 1))
        clade_jdk_link=$(readlink "$clade_jdk_java") || return 0
        case $clade_jdk_link in
        /*) clade_jdk_java=$clade_jdk_link ;;
        *) clade_jdk_java=${clade_jdk_java%/*}/$clade_jdk_link ;;
        esac
    done
    case $clade_jdk_java in
    */bin/java) clade_jdk_consider "${clade_jdk_java%/bin/java}" 'the java on the PATH' ;;
    esac
}

clade_jdk_find() {
    clade_jdk_seen= clade_jdk_found= clade_jdk_best= clade_jdk_best_version= clade_jdk_best_rank=0
    if [ -n "${CLADE_JAVA_HOME-}" ]; then
        clade_jdk_consider "$CLADE_JAVA_HOME" CLADE_JAVA_HOME
        [ -n "$clade_jdk_found$clade_jdk_best" ] || clade_jdk_found="
  nothing  $CLADE_JAVA_HOME  (CLADE_JAVA_HOME; no release file there)"
        return 0
    fi
    [ -z "${JAVA_HOME-}" ] || clade_jdk_consider "$JAVA_HOME" JAVA_HOME
    clade_jdk_on_path
    clade_jdk_folders=${CLADE_JDK_FOLDERS-/usr/lib/jvm:/usr/java:/opt:/opt/java:${HOME-}/.sdkman/candidates/java:${HOME-}/.jdks:/Library/Java/JavaVirtualMachines:${HOME-}/Library/Java/JavaVirtualMachines}
    while [ -n "$clade_jdk_folders" ]; do
        clade_jdk_folder=${clade_jdk_folders%%:*}
        case $clade_jdk_folders in
        *:*) clade_jdk_folders=${clade_jdk_folders#*:} ;;
        *) clade_jdk_folders= ;;
        esac
        for clade_jdk_child in "$clade_jdk_folder"/*; do
            clade_jdk_consider "$clade_jdk_child" "in $clade_jdk_folder"
            clade_jdk_consider "$clade_jdk_child/Contents/Home" "in $clade_jdk_folder"
        done
    done
}

case $- in
*f*) set +f && clade_jdk_find && set -f ;;
*) clade_jdk_find ;;
esac

if [ -z "$clade_jdk_best" ]; then
    cat >&2 <<EOF
Clade needs a JDK of feature version 25, 25.0.3 or newer, and found none.
Found:${clade_jdk_found:- no JDK at all}
Expected: JDK 25.0.3 or a later update of 25 in CLADE_JAVA_HOME, in JAVA_HOME, on the PATH or in a usual folder (such as /usr/lib/jvm).
Mend: install one, for example
  Debian, Ubuntu   apt install temurin-25-jdk    (package source: https://adoptium.net/installation/linux)
  macOS            brew install --cask temurin@25
  SDKMAN           sdk install java 25.0.3-tem
  by hand          unpack an archive from https://adoptium.net/temurin/releases?version=25
and, where Clade does not find it by itself, say where it is: export CLADE_JAVA_HOME=/path/to/jdk-25
EOF
    exit 1
fi
JAVA_HOME=$clade_jdk_best
export JAVA_HOME
