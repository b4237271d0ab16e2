package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clade.app.file.ExperimentFile;
import dev.clade.app.wire.Wiring;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the documents say of experiment files is so.
class DocumentsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

    private static List<Setting.Mapping> examples() throws IOException {
        return YAML.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(match -> ExperimentFile.parse(match.group(1), "README.md"))
                .toList();
    }

    @Test
    void theExampleInTheReadmeIsTheQuickstart() throws IOException {
        var quickstart = Specification.read(ExperimentFile.read(ROOT.resolve("examples/quickstart.yaml")));
        var example = Specification.read(examples().getFirst());
        assertTrue(example.means(quickstart), examples().getFirst().toString());
        assertEquals(Wiring.tuner(quickstart), Wiring.tuner(example));
    }

    @Test
    void everyWordOfTheWholeFileInTheReadmeIsHonoured() throws IOException {
        var whole = examples().getLast();
        Wiring.check(Specification.read(StartFrom.without(whole)), ROOT);
        assertTrue(StartFrom.of(whole).isPresent());
        assertEquals(2, examples().size());
    }

    /// The other ways to write a setting stand behind it, after a dot in the comment: `# · {t_test: {p: 0.05}} · none`.
    @Test
    void everyOtherWayInItIsHonouredToo() throws IOException {
        var text = YAML.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(match -> match.group(1))
                .toList()
                .getLast();
        int others = 0;
        for (var line : text.lines().filter(l -> l.contains("# ·")).toList()) {
            var name = line.substring(0, line.indexOf(':')).strip();
            for (var other : line.substring(line.indexOf("# ·") + 3).split(" · ")) {
                var indent = line.startsWith(" ") ? "  " : "";
                var changed = text.replace(line, indent + name + ": " + other.strip());
                var settings = ExperimentFile.parse(changed, "README.md");
                Wiring.check(Specification.read(StartFrom.without(settings)), ROOT);
                others++;
            }
        }
        assertTrue(others > 15, others + " other ways");
    }
}
