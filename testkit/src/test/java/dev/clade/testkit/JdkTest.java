package dev.clade.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `.mvn/jdk.sh` against folders that look like JDKs.
class JdkTest {

    @TempDir
    Path world;

    private Path folder;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeUpAWorld() {
        folder = world.resolve("usual folder");
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("CLADE_JDK_FOLDERS", world.resolve("nothing here") + ":" + folder);
        // Whatever java this machine has on its PATH must not matter.
        Scripts.program(world.resolve("path/java"), "exit 0");
        environment.put("PATH", world.resolve("path") + ":/usr/bin:/bin");
    }

    @Test
    void usualFolders_severalUpdatesOf25_theHighestWins() {
        Scripts.jdk(folder.resolve("a"), "25.0.3");
        var highest = Scripts.jdk(folder.resolve("b"), "25.0.10");
        Scripts.jdk(folder.resolve("c"), "25.0.4.1");
        Scripts.jdk(folder.resolve("d"), "26.0.1");
        Scripts.jdk(folder.resolve("e"), "17.0.15");
        Scripts.jdk(folder.resolve("f"), "1.8.0_452");
        assertThat(found()).isEqualTo(highest.toString());
    }

    @Test
    void usualFolders_macOSLayout_isFound() {
        var home = Scripts.jdk(folder.resolve("temurin-25.jdk/Contents/Home"), "25.0.3");
        assertThat(found()).isEqualTo(home.toString());
    }

    @Test
    void javaHome_ofTheSameVersion_winsOverAFolder() {
        Scripts.jdk(folder.resolve("a"), "25.0.3");
        var mine = Scripts.jdk(world.resolve("mine"), "25.0.3");
        environment.put("JAVA_HOME", mine.toString());
        assertThat(found()).isEqualTo(mine.toString());
    }

    @Test
    void javaHome_ofAnotherFeature_isPassedOver() {
        var good = Scripts.jdk(folder.resolve("a"), "25.0.3");
        environment.put(
                "JAVA_HOME", Scripts.jdk(world.resolve("mine"), "17.0.15").toString());
        assertThat(found()).isEqualTo(good.toString());
    }

    @Test
    void path_throughSymbolicLinks_isFound() throws IOException {
        var good = Scripts.jdk(world.resolve("far/jdk"), "25.0.5");
        Files.createSymbolicLink(world.resolve("alternative"), good.resolve("bin/java"));
        Files.createDirectories(world.resolve("links"));
        Files.createSymbolicLink(world.resolve("links/java"), Path.of("../alternative"));
        environment.put("PATH", world.resolve("links") + ":/usr/bin:/bin");
        assertThat(Path.of(found()).normalize()).isEqualTo(good);
    }

    @Test
    void cladeJavaHome_winsOverAHigherOne() {
        Scripts.jdk(folder.resolve("a"), "25.0.9");
        var mine = Scripts.jdk(world.resolve("mine"), "25.0.3");
        environment.put("CLADE_JAVA_HOME", mine.toString());
        assertThat(found()).isEqualTo(mine.toString());
    }

    @Test
    void cladeJavaHome_ofNoUse_isAnErrorAlthoughAnotherWouldDo() {
        Scripts.jdk(folder.resolve("a"), "25.0.9");
        environment.put("CLADE_JAVA_HOME", world.resolve("mistyped").toString());
        assertThat(look().err())
                .contains("\n  nothing  " + world.resolve("mistyped") + "  (CLADE_JAVA_HOME; no release file there)\n");
    }

    @Test
    void noneThatWillDo_eachIsNamedWithItsFault() throws IOException {
        var old = Scripts.jdk(folder.resolve("a"), "25.0.2");
        var early = Scripts.jdk(folder.resolve("b"), "25-ea");
        var next = Scripts.jdk(folder.resolve("c"), "26");
        var runtime = Scripts.jdk(folder.resolve("d"), "25.0.3");
        Files.delete(runtime.resolve("bin/javac"));
        var end = look();
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.out()).isEmpty();
        assertThat(end.err())
                .startsWith("""
                        Clade needs a JDK of feature version 25, 25.0.3 or newer, and found none.
                        Found:
                          25.0.2  %s  (in %s; older than 25.0.3)
                          25  %s  (in %s; older than 25.0.3)
                          26  %s  (in %s; not 25)
                          25.0.3  %s  (in %s; no compiler: a JRE)
                        Expected: JDK 25.0.3 or a later update of 25 in CLADE_JAVA_HOME,""".formatted(old, folder, early, folder, next, folder, runtime, folder))
                .contains("\nMend: install one, for example\n")
                .endsWith("export CLADE_JAVA_HOME=/path/to/jdk-25\n");
    }

    @Test
    void noJdkAtAll_saysSo() {
        assertThat(look().err()).contains("\nFound: no JDK at all\n");
    }

    @Test
    void strictShellWithoutGlobbing_stillFindsAndStaysStrict() {
        var good = Scripts.jdk(folder.resolve("a"), "25.0.3");
        var end = Scripts.run(
                world, environment, "/bin/sh", "-c", "set -euf; . '" + script() + "'; echo \"$JAVA_HOME $-\"");
        assertThat(end.err()).isEmpty();
        assertThat(end.out()).startsWith(good + " ").contains("e", "f", "u");
    }

    @Test
    void wrapper_sourcesIt_beforeItGoesStrict() throws IOException {
        assertThat(Files.readString(Scripts.TOP.resolve("mvnw")))
                .contains("\n. \"$(dirname \"$0\")/.mvn/jdk.sh\"\nset -euf\n");
    }

    private String found() {
        var end = look();
        assertThat(end.err()).isEmpty();
        assertThat(end.code()).isZero();
        return end.out().strip();
    }

    private Scripts.End look() {
        return Scripts.run(world, environment, "/bin/sh", "-c", ". '" + script() + "'; env | sed -n s/^JAVA_HOME=//p");
    }

    private static Path script() {
        return Scripts.TOP.resolve(".mvn/jdk.sh");
    }
}
