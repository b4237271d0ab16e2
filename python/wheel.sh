#!/bin/sh
# Builds the platform wheel of clade-pbt, POSIX sh:
#
#   python/wheel.sh [FOLDER]      the wheel comes into FOLDER (default: target/wheel)
#
# It holds the Python package, the command line with all that it stands on (but not the zoo, whose tensor library is an
# extra), and a Java runtime of only the modules that these need. Who installs it needs no JDK.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd -P)
out=${1:-$here/target/wheel}
mkdir -p "$out"
out=$(cd "$out" && pwd -P)
. "$here/.mvn/jdk.sh"

case $(uname -s)-$(uname -m) in
Linux-x86_64) platform=manylinux_2_17_x86_64 natives=Linux/x86_64 ;;
Linux-aarch64) platform=manylinux_2_17_aarch64 natives=Linux/aarch64 ;;
Darwin-arm64) platform=macosx_11_0_arm64 natives=Mac/aarch64 ;;
Darwin-x86_64) platform=macosx_11_0_x86_64 natives=Mac/x86_64 ;;
*)
    echo "wheel: no wheel is made on $(uname -s) $(uname -m)" >&2
    exit 1
    ;;
esac

echo 'wheel: building Clade' >&2
(cd "$here" && ./mvnw -B -q -Pquick -pl app -am package >&2)

made=$here/target/wheel-build
rm -rf "$made"
mkdir -p "$made"
cp -R "$here/python/." "$made/"
cp "$here/LICENSE" "$made/"
app=$made/src/clade_pbt/_app
rm -rf "$app"
mkdir -p "$app/lib" "$app/bin"

built=$here/app/target/quick
cp "$built"/clade-app-*.jar "$app/lib/"
tr ':' '\n' <"$built/class-path" | while read -r jar; do
    cp "$jar" "$app/lib/"
done

# The database's library for this platform alone: the others are nine tenths of its jar.
python3 - "$app/lib" "$natives" <<'EOF'
import pathlib, sys, zipfile

folder, natives = pathlib.Path(sys.argv[1]), f"org/sqlite/native/{sys.argv[2]}/"
for jar in folder.glob("sqlite-jdbc-*.jar"):
    small = jar.with_suffix(".small")
    with zipfile.ZipFile(jar) as old, zipfile.ZipFile(small, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if not entry.filename.startswith("org/sqlite/native/") or entry.filename.startswith(natives):
                new.writestr(entry, old.read(entry))
    small.replace(jar)
EOF

echo 'wheel: linking the Java runtime' >&2
"$JAVA_HOME/bin/jlink" --add-modules java.base,java.sql,java.logging,jdk.unsupported \
    --strip-debug --no-man-pages --no-header-files --compress=zip-9 --generate-cds-archive --output "$app/jdk" >&2

cat >"$app/bin/clade" <<'EOF'
#!/bin/sh
# The command line inside the wheel: its jars on its own Java runtime. CLADE_JAVA_OPTS gives java other options.
set -u
self=$0
while [ -h "$self" ]; do
    link=$(readlink "$self")
    case $link in
    /*) self=$link ;;
    *) self=${self%/*}/$link ;;
    esac
done
app=$(cd "${self%/*}/.." && pwd -P)
options='-XX:+UseSerialGC -XX:TieredStopAtLevel=1'
case " ${1-} " in ' run ' | ' resume ' | ' worker ' | ' compare ' | ' simulate ' | ' plan ' | ' replay ') options= ;; esac
OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
export OMP_NUM_THREADS
# shellcheck disable=SC2086
exec "$app/jdk/bin/java" ${CLADE_JAVA_OPTS-$options} --enable-native-access=ALL-UNNAMED -cp "$app/lib/*" dev.clade.app.cli.Main "$@"
EOF
chmod +x "$app/bin/clade"

echo 'wheel: packing' >&2
tools=$here/target/wheel-tools
[ -x "$tools/bin/wheel" ] || { python3 -m venv "$tools" && "$tools/bin/pip" install -q 'wheel>=0.45' >&2; }
rm -f "$out"/clade_pbt-*.whl
"$tools/bin/pip" wheel -q --no-deps --wheel-dir "$out" "$made" >&2
"$tools/bin/wheel" tags --remove --platform-tag $platform "$out"/clade_pbt-*-py3-none-any.whl >/dev/null
rm -rf "$made"
ls -l "$out"/clade_pbt-*.whl
