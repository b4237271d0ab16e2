package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What docs/your-own.md shows compiles, is fit, and trains.
class YourOwnTest {

    /// What an existing loop may take to become a member.
    private static final int FEWER_THAN = 30;

    @TempDir
    private Path folder = Path.of("");

    private String page = "";

    @BeforeEach
    void compile() throws IOException {
        page = Files.readString(Path.of("../docs/your-own.md"));
        var words = new ArrayList<>(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                Files.createDirectory(folder.resolve("classes")).toString()));
        for (var source : blocks("java")) {
            words.add(Files.writeString(folder.resolve(named(source) + ".java"), source)
                    .toString());
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(new String[0]));
        assertEquals(0, status);
    }

    private List<String> blocks(String language) {
        return Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String named(String source) {
        var name = Pattern.compile("public final class (\\w+)").matcher(source);
        assertTrue(name.find(), source);
        return name.group(1);
    }

    private String source(String name) {
        return blocks("java").stream()
                .filter(s -> named(s).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String file(String name) {
        return blocks("yaml").stream()
                .filter(f -> f.startsWith("name: " + name + "\n"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anExistingLoop_thatKnowsNothingOfClade_isAMemberInFewerThanThirtyLines() throws IOException {
        assertFalse(source("Circle").contains("clade"));
        long lines = source("CircleTrainer").lines().count();
        assertTrue(lines < FEWER_THAN, lines + " lines");

        var said = Said.run(
                folder, file("circle"), "--to", folder.resolve("results").toString());

        assertEquals(0, said.status(), said.err());
        var winner = Pattern.compile("accuracy (0[.][0-9]+)").matcher(said.out());
        assertTrue(winner.find(), said.out());
        assertTrue(Double.parseDouble(winner.group(1)) > 0.95, said.out());
    }

    @Test
    void anExistingLoop_isFit() throws IOException {
        var said = Said.by("doctor", Said.file(folder, file("circle")).toString());

        assertEquals(0, said.status(), said.out() + said.err());
        assertTrue(said.out().contains("ok       warm, loaded"), said.out());
    }

    @Test
    void thePageTrains_andItsLineIsFound() throws IOException {
        var said =
                Said.run(folder, file("line"), "--to", folder.resolve("results").toString());

        assertEquals(0, said.status(), said.err());
        var weights =
                Files.readString(folder.resolve("results/best/weights/line")).split(" ");
        assertEquals(3, Double.parseDouble(weights[0]), 0.2);
        assertEquals(-1, Double.parseDouble(weights[1]), 0.2);
        assertEquals(
                0,
                Said.by("verify", "line", "--bytes", "--store", Said.store(folder))
                        .status());
    }

    @Test
    void thePagesTrainerIsFit() throws IOException {
        var said = Said.by("doctor", Said.file(folder, file("line")).toString());

        assertEquals(0, said.status(), said.out() + said.err());
        assertTrue(said.out().contains("ok       warm, loaded"), said.out());
    }

    private void refused(String from, String to, String expected) throws IOException {
        var said = Said.run(folder, file("line").replace(from, to));

        assertEquals(3, said.status());
        assertEquals(expected.replace("FOLDER", folder.toString()), said.err());
    }

    @Test
    void aClassPathThatIsNotThereIsNamed() throws IOException {
        refused("classpath: classes", "classpath: [klasses]", """
                CLADE-1403 experiment.yaml:10:35 there is no FOLDER/klasses for the class path.
                  Found:    no such file or folder.
                  Expected: a folder of classes, or a jar.
                  Mend:     compile it, or correct 'classpath'; relative paths begin at the experiment file.
                """);
    }

    @Test
    void aClassThatIsNotThereIsNamed() throws IOException {
        refused("java: Line", "java: Lime", """
                CLADE-1404 experiment.yaml:10:17 the class Lime cannot be loaded.
                  Found:    java.lang.ClassNotFoundException: Lime, with the class path [FOLDER/classes].
                  Expected: a class of this name, compiled for this Java or an older one, with all that it needs.
                  Mend:     compile it, and name its folder or jar under 'classpath'.
                """);
    }

    @Test
    void aClassThatIsNoTrainerIsNamed() throws IOException {
        refused("java: Line", "java: java.util.ArrayList", """
                CLADE-1405 experiment.yaml:10:17 java.util.ArrayList is no trainer.
                  Found:    a class that is neither.
                  Expected: a class that implements dev.clade.trainer.Trainer or its Factory.
                  Mend:     let it implement Trainer; docs/your-own.md shows one.
                """);
    }

    @Test
    void aTrainerThatCannotBeMadeIsNamed() throws IOException {
        refused("java: Line", "java: dev.clade.trainer.Trainer", """
                CLADE-1406 experiment.yaml:10:17 dev.clade.trainer.Trainer cannot be made.
                  Found:    public constructors [].
                  Expected: a public class with a public constructor of (Place, Setting.Mapping), (Setting.Mapping), (Place) or ().
                  Mend:     add one of them.
                """);
    }
}
