package dev.clade.run.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.run.Experiment;
import dev.clade.run.process.Words;
import dev.clade.settings.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandReadTest {

    private static final String WELL = "train --x ${x} --steps ${steps} --save ${save} --load ${restore}";

    private static final Map<String, String> ALL = Map.of(
            "x", "0.5", "steps", "10", "until", "40", "save", "/s p", "restore", "/r", "seed", "7", "member", "3",
            "segment", "4");

    private static Setting.Mapping trainer(String command) {
        return Setting.map("command", Setting.text(command));
    }

    private static Setting words(String... words) {
        return Setting.list(Stream.of(words).map(Setting::text).toList());
    }

    private static Command read(Setting.Mapping trainer, Experiment experiment) {
        return CommandTrainers.command(trainer, Path.of("here"), Specification.read(experiment.settings()));
    }

    private static Command read(Setting.Mapping trainer) {
        return read(trainer, Experiment.of(2));
    }

    private static int code(Setting.Mapping trainer, Experiment experiment) {
        try {
            read(trainer, experiment);
            return 0;
        } catch (Fault fault) {
            return fault.code();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "a b  c           | a/b/c",
                "a 'b  c' d       | a/b  c/d",
                "a \"b 'c' \\\"\" | a/b 'c' \"",
                "a b\\ c          | a/b c",
                "a '' b           | a//b",
                "a x'y z'w        | a/xy zw",
                "a '\\' b         | a/\\/b"
            })
    void aText_isSplitAtItsBlanks_asAShellWould(String text, String words) {
        assertThat(String.join("/", Words.of(Setting.text(text)))).isEqualTo(words);
    }

    @Test
    void words_areSplitBeforeNamesAreReplaced() {
        var command = read(trainer(WELL + " -- ${seed},${member} $${x}"));

        assertThat(command.train().words(ALL))
                .containsExactly(
                        "train", "--x", "0.5", "--steps", "10", "--save", "/s p", "--load", "/r", "--", "7,3", "${x}");
    }

    @Test
    void aList_isTakenAsItIs() {
        var command = read(Setting.map("command", words("a b", "${x}", "${until}", "${save}", "${restore}")));

        assertThat(command.train().words(ALL)).containsExactly("a b", "0.5", "40", "/s p", "/r");
    }

    @Test
    void optionalWords_areThere_whenAllTheirNamesAre() {
        var one = trainer("a ${x} ${steps} ${save}").with("optional", words("--resume", "${restore}"));
        var two = one.with("optional", Setting.list(List.of(words("--resume", "${restore}"), words("-s", "${seed}"))));
        var fresh = new java.util.HashMap<>(ALL);
        fresh.remove("restore");

        assertThat(read(one).train().words(ALL)).endsWith("--resume", "/r");
        assertThat(read(one).train().words(fresh)).endsWith("/s p");
        assertThat(read(two).train().words(fresh)).endsWith("/s p", "-s", "7");
        assertThat(read(trainer(WELL)).train().words(fresh)).endsWith("--load", "");
    }

    private static Stream<Arguments> refused() {
        var good = Experiment.of(2);
        var measured = trainer("a ${x} ${save} ${restore}")
                .with("per_run", Setting.number(5))
                .with("evaluate", Setting.text("e ${restore}"));
        var conditional = Setting.map(Map.of(
                "x",
                Setting.map("choice", words("a", "b")),
                "y",
                Setting.map("uniform", Setting.list(List.of(Setting.number(0), Setting.number(1))))
                        .with("when", Setting.map("x", Setting.text("a")))));
        return Stream.of(
                Arguments.of(0, trainer(WELL), good),
                Arguments.of(0, measured, good),
                Arguments.of(1450, trainer("a 'b"), good),
                Arguments.of(1450, trainer("  "), good),
                Arguments.of(1451, trainer(WELL + " ${y}"), good),
                Arguments.of(1452, trainer("a ${steps} ${save} ${restore}"), good),
                Arguments.of(
                        0, trainer("a ${steps} ${save} ${restore}").with("receipts", Setting.word("required")), good),
                Arguments.of(
                        1453,
                        trainer(WELL),
                        good.with("parameters", Setting.map("steps", Setting.map("choice", words("a", "b"))))),
                Arguments.of(1454, trainer("a ${x} ${steps} ${restore}"), good),
                Arguments.of(1455, trainer("a ${x} ${steps} ${save}"), good),
                Arguments.of(1455, measured.with("evaluate", Setting.text("e")), good),
                Arguments.of(1456, trainer("a ${x} ${save} ${restore}"), good),
                Arguments.of(1457, measured.without("evaluate"), good),
                Arguments.of(1457, trainer(WELL).with("per_run", Setting.number(5)), good),
                Arguments.of(1458, measured.with("per_run", Setting.number(7)), good),
                Arguments.of(1458, measured, good.with("budget", Setting.map("steps", Setting.number(42)))),
                Arguments.of(1459, trainer(WELL), good.with("ready", Setting.map("seconds", Setting.number(3)))),
                Arguments.of(1460, trainer(WELL).with("score", Setting.map("pattern", Setting.text("q: (.*"))), good),
                Arguments.of(1460, trainer(WELL).with("score", Setting.map("pattern", Setting.text("q: .*"))), good),
                Arguments.of(1461, trainer(WELL + " ${y}"), good.with("parameters", conditional)),
                Arguments.of(
                        0, trainer(WELL).with("optional", words("-y", "${y}")), good.with("parameters", conditional)),
                Arguments.of(1004, trainer(WELL).with("scores", Setting.word("x")), good),
                Arguments.of(1002, trainer(WELL).with("score", Setting.map("file", Setting.word("f"))), good),
                Arguments.of(1003, trainer(WELL).with("score", Setting.map(Map.of())), good),
                Arguments.of(1001, trainer(WELL).with("receipts", Setting.word("maybe")), good));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void refused(int code, Setting.Mapping trainer, Experiment experiment) {
        assertThat(code(trainer, experiment)).isEqualTo(code);
    }

    @Test
    void anUnknownName_isAnsweredWithThoseThatAreKnown() {
        assertThatThrownBy(() -> read(trainer("a ${stpes}"))).isInstanceOfSatisfying(Fault.class, f -> {
            assertThat(f.expected())
                    .isEqualTo("one of ${member}, ${restore}, ${save}, ${seed}, ${segment}, ${steps}, ${until},"
                            + " ${x}.");
            assertThat(f.mend()).isEqualTo("write '${steps}'.");
        });
    }
}
