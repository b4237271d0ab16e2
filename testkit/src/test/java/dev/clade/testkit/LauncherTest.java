package dev.clade.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `clade` in a made-up checkout, whose Maven and JDK are scripts that note down what they were asked for.
@Timeout(60)
class LauncherTest {

    @TempDir
    Path world;

    private Path top;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeUpACheckout() throws IOException {
        top = world.resolve("a checkout");
        Files.createDirectories(top.resolve(".mvn"));
        Files.copy(Scripts.TOP.resolve("clade"), top.resolve("clade"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(Scripts.TOP.resolve(".mvn/jdk.sh"), top.resolve(".mvn/jdk.sh"));
        Scripts.write(top.resolve("pom.xml"), "<project/>");
        for (var room : List.of("core", "app", "bench")) {
            Scripts.write(top.resolve(room + "/pom.xml"), "<project/>");
            Scripts.write(top.resolve(room + "/src/main/java/One.java"), "class One {}");
            Scripts.write(top.resolve(room + "/src/test/java/OneTest.java"), "class OneTest {}");
        }
        Scripts.write(world.resolve("m2/sqlite-jdbc-1.0.jar"), "jar");
        Scripts.program(top.resolve("mvnw"), """
                echo "$*" >>builds
                [ ! -e building ] || echo 'two at once' >>builds
                : >building
                trap 'rm -f building; exit 143' TERM
                sleep "${MAVEN_SECONDS:-0}"
                rm -f building
                [ -z "${MAVEN_FAILS-}" ] || { echo 'One.java does not compile'; exit 1; }
                for room in app core; do
                    mkdir -p $room/target/quick
                    cat $room/src/main/java/One.java >$room/target/quick/clade-$room-1.jar
                done
                printf %s "$PWD/core/target/quick/clade-core-1.jar:${PWD%/*}/m2/sqlite-jdbc-1.0.jar" >app/target/quick/class-path""");
        var jdk = Scripts.jdk(world.resolve("jdk"), "25.0.3");
        Scripts.program(jdk.resolve("bin/java"), """
                case "$*" in
                *OSInfo*) echo Linux/x86_64; exit ;;
                -XX:AOTCacheOutput=*) : >"${1#*=}"; exit ;;
                esac
                printf '%s\\n' "OMP_NUM_THREADS=$OMP_NUM_THREADS" "$@"
                exit "${JAVA_EXITS:-0}\"""");
        Scripts.program(jdk.resolve("bin/jar"), "mkdir -p \"$5/$6\"");
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("CLADE_JAVA_HOME", jdk.toString());
        age(Instant.now().minusSeconds(3600));
    }

    @Test
    void firstStart_buildsOnceAndPassesEverythingOn() {
        var end = clade("show", "two words", "*", "");
        assertThat(end.err()).isEqualTo("clade: building Clade, once: about a minute, with downloads\n");
        assertThat(end.code()).isZero();
        var jars = jars().getFirst();
        var made = top.resolve("target/clade");
        assertThat(end.out().split("\n", -1))
                .containsExactly(
                        "OMP_NUM_THREADS=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:AOTCache=" + jars + "/aot",
                        "-Xlog:aot*=off,cds*=off",
                        "-Dorg.sqlite.lib.path=" + made + "/native/sqlite-jdbc-1.0/org/sqlite/native/Linux/x86_64",
                        "-cp",
                        jars + "/clade-app-1.jar:" + jars + "/clade-core-1.jar:" + made + "/lib/sqlite-jdbc-1.0.jar",
                        "dev.clade.app.cli.Main",
                        "show",
                        "two words",
                        "*",
                        "",
                        "");
        assertThat(builds()).containsExactly("-B -q -Pquick -pl app -am package");
    }

    @Test
    void laterStart_sourcesAsTheyWere_buildsNothingAndSaysNothing() {
        clade("show");
        assertThat(clade("show").err()).isEmpty();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void laterStart_aSourceIsNewer_buildsAgainAndSaysWhy() {
        clade("show");
        Scripts.write(top.resolve("core/src/main/java/One.java"), "class One { int more; }");
        assertThat(clade("show").err())
                .isEqualTo("clade: building Clade again: newer than the last build: core/src/main/java/One.java\n");
        assertThat(clade("show").err()).isEmpty();
    }

    @Test
    void laterStart_aSourceIsGone_buildsAgain() throws IOException {
        clade("show");
        Files.delete(top.resolve("core/src/main/java/One.java"));
        Scripts.program(top.resolve("core/src/main/java/Two.java"), "");
        clade("show");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void laterStart_aTestOrABenchmarkIsNewer_buildsNothing() {
        clade("show");
        Scripts.write(top.resolve("core/src/test/java/OneTest.java"), "class OneTest { int more; }");
        Scripts.write(top.resolve("bench/src/main/java/One.java"), "class One { int more; }");
        assertThat(clade("show").err()).isEmpty();
    }

    @Test
    void run_ofAFileThatNamesTheZoo_addsItOnceAndForAll() {
        clade("show");
        Scripts.write(top.resolve("pole.yaml"), "trainer: {toy: pole}  # not {zoo: digits}\n");
        Scripts.write(top.resolve("digits.yaml"), "trainer: {zoo: digits}\n");
        assertThat(clade("run", top + "/pole.yaml").err()).isEmpty();
        assertThat(clade("run", top + "/digits.yaml").err())
                .isEqualTo("clade: building Clade again: with the zoo, whose libtorch is 113 MB to download, once\n");
        assertThat(clade("run", top + "/digits.yaml").err()).isEmpty();
        assertThat(clade("show").err()).isEmpty();
        assertThat(builds())
                .containsExactly("-B -q -Pquick -pl app -am package", "-B -q -Pquick,zoo -pl app -am package");
    }

    @Test
    void start_withTheZooOnGpus_takesTheOtherLibraryAndGivesItBack() {
        environment.put("CLADE_ZOO", "cuda");
        assertThat(clade("show").err())
                .isEqualTo("clade: building Clade, once: about a minute, with downloads"
                        + " (with the zoo, 486 MB more)\n");
        assertThat(clade("show").err()).isEmpty();
        environment.remove("CLADE_ZOO");
        assertThat(clade("show").err())
                .isEqualTo("clade: building Clade again: with the zoo, whose libtorch is 113 MB to download, once\n");
        assertThat(builds())
                .containsExactly("-B -q -Pquick,zoo,cuda -pl app -am package", "-B -q -Pquick,zoo -pl app -am package");
    }

    @Test
    void firstStart_withTheZooAskedFor_hasIt() {
        environment.put("CLADE_ZOO", "1");
        assertThat(clade("resume", "digits").err())
                .isEqualTo("clade: building Clade, once: about a minute, with downloads"
                        + " (with the zoo, 113 MB more)\n");
        assertThat(builds()).containsExactly("-B -q -Pquick,zoo -pl app -am package");
    }

    @Test
    void laterStart_anotherJdk_buildsAgain() {
        clade("show");
        Scripts.write(world.resolve("jdk/release"), "JAVA_VERSION=\"25.0.4\"\n");
        assertThat(clade("show").err())
                .isEqualTo("clade: building Clade again: it was built by another JDK, or elsewhere\n");
    }

    @Test
    void buildThatFails_showsWhyAndRunsNothing() {
        environment.put("MAVEN_FAILS", "yes");
        var end = clade("show");
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.out()).isEmpty();
        assertThat(end.err())
                .endsWith("One.java does not compile\nclade: the build failed. All it said: " + top
                        + "/target/clade/build.log\n");
        environment.remove("MAVEN_FAILS");
        assertThat(clade("show").code()).isZero();
    }

    @Test
    void buildThatFails_afterOneThatDidNot_doesNotRunTheOldOne() {
        clade("show");
        Scripts.write(top.resolve("core/src/main/java/One.java"), "class One { int more; }");
        environment.put("MAVEN_FAILS", "yes");
        assertThat(clade("show").code()).isEqualTo(1);
        assertThat(clade("show").code()).isEqualTo(1);
    }

    @Test
    void severalAtOnce_oneBuildsAndTheOthersWait() {
        environment.put("MAVEN_SECONDS", "1");
        var all = List.of(start("show"), start("show"), start("show"));
        assertThat(all.stream().map(Scripts::end))
                .allSatisfy(end -> assertThat(end.code()).isZero())
                .allSatisfy(end -> assertThat(end.out()).endsWith("\nshow\n"));
        assertThat(builds()).hasSize(1);
        assertThat(locks()).isEmpty();
    }

    @Test
    void builderKilled_theNextOneTakesOverWhenItsMavenHasEnded() throws Exception {
        environment.put("MAVEN_SECONDS", "1");
        var killed = start("show");
        while (builds().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        killed.destroyForcibly().waitFor();
        assertThat(locks()).hasSize(1);
        environment.put("MAVEN_SECONDS", "0");
        assertThat(clade("show").code()).isZero();
        assertThat(builds()).hasSize(2).doesNotContain("two at once");
        assertThat(locks()).isEmpty();
    }

    @Test
    void builderToldToStop_letsGoOfTheLock() throws Exception {
        environment.put("MAVEN_SECONDS", "1");
        var stopped = start("show");
        while (builds().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        stopped.destroy();
        assertThat(stopped.waitFor()).isEqualTo(143);
        assertThat(locks()).isEmpty();
    }

    @Test
    void longVerb_leavesTheJvmItsDefaults() {
        assertThat(clade("run", "x.yaml").out()).doesNotContain("UseSerialGC").endsWith("\nrun\nx.yaml\n");
        assertThat(clade("--verbose", "worker").out()).doesNotContain("UseSerialGC");
        assertThat(clade("show", "run").out()).contains("UseSerialGC");
    }

    @Test
    void javaOptions_replaceTheChosenOnes() {
        environment.put("CLADE_JAVA_OPTS", "-Xmx1g -Da=*");
        environment.put("OMP_NUM_THREADS", "3");
        assertThat(clade("show").out())
                .startsWith("OMP_NUM_THREADS=3\n--enable-native-access=ALL-UNNAMED\n-Xmx1g\n-Da=*\n-XX:AOTCache=")
                .doesNotContain("UseSerialGC");
    }

    @Test
    void noAotCache_noneIsPassed() throws IOException {
        clade("show");
        Files.delete(jars().getFirst().resolve("aot"));
        assertThat(clade("show").out()).doesNotContain("aot", "AOT");
    }

    @Test
    void exitCode_isPassedOn() {
        environment.put("JAVA_EXITS", "130");
        assertThat(clade("show").code()).isEqualTo(130);
    }

    @Test
    void throughSymbolicLinks_fromAnotherFolder_itFindsItsCheckout() throws IOException {
        Files.createSymbolicLink(world.resolve("near"), Path.of("a checkout/clade"));
        Files.createDirectories(world.resolve("bin"));
        Files.createSymbolicLink(world.resolve("bin/clade"), Path.of("../near"));
        environment.put("PATH", world.resolve("bin") + ":/usr/bin:/bin");
        var end = Scripts.run(world.resolve("m2"), environment, "/bin/sh", "-c", "clade show");
        assertThat(end.err()).isEqualTo("clade: building Clade, once: about a minute, with downloads\n");
        assertThat(end.out()).endsWith("\nshow\n");
    }

    @Test
    void rebuild_keepsTheJarsThatALivingRunStartedWith() throws IOException {
        clade("show");
        var first = jars().getFirst();
        Files.createFile(first.resolve(
                "used-by." + host() + ":" + ProcessHandle.current().pid()));
        for (int i = 0; i < 3; i++) {
            Scripts.write(top.resolve("core/src/main/java/One.java"), "class One { int more" + i + "; }");
            clade("show");
        }
        assertThat(builds()).hasSize(4);
        assertThat(jars()).hasSize(3).contains(first);
    }

    private String host() {
        return Scripts.run(world, environment, "uname", "-n").out().strip();
    }

    private Scripts.End clade(String... arguments) {
        return Scripts.end(start(arguments));
    }

    private Process start(String... arguments) {
        var command = new ArrayList<>(List.of(top.resolve("clade").toString()));
        command.addAll(List.of(arguments));
        return Scripts.start(world, environment, command.toArray(String[]::new));
    }

    private List<String> builds() {
        try {
            var builds = top.resolve("builds");
            return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private List<Path> jars() {
        return within(top.resolve("target/clade"), "jars-*");
    }

    private List<Path> locks() {
        return within(top.resolve("target/clade"), "lock*");
    }

    private static List<Path> within(Path folder, String glob) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var found = Files.newDirectoryStream(folder, glob)) {
            var all = new ArrayList<Path>();
            found.forEach(all::add);
            return all;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void age(Instant time) throws IOException {
        try (var all = Files.walk(top)) {
            for (var each : all.toList()) {
                Files.setLastModifiedTime(each, FileTime.from(time));
            }
        }
    }
}
