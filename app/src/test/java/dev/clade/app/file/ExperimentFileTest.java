package dev.clade.app.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.pbt.PbtReader;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an experiment file that is not right says: where, what, and what to write instead.
class ExperimentFileTest {

    static final String RIGHT = """
            name: gan
            metric: score
            mode: max
            population: 8
            budget: {steps: 20k}
            ready: {every: 500}
            exploit: {truncation: 0.2}
            explore: {perturb: [0.8, 1.25]}
            parameters:
              lr: {loguniform: [1e-5, 1e-2]}
              momentum: {loguniform: [0.9, 0.9999], of: 1-x}
              opt: {choice: [adam, sgd]}
              decay: {uniform: [0.8, 0.999], when: {opt: sgd}}
            trainer: {toy: quadratic}
            seed: 7
            """;

    private static final String SETTINGS = "one of tuner, ready, exploit, explore, inherit, scores, greed, trainer,"
            + " engine, store, population, parameters, evaluate, final, control, metrics, metric, mode, checkpoints, name,"
            + " report, unit, budget, synchronous, start, sampling, retries, deadlines, slots, turn, resources,"
            + " environment, seed.";
    private static final String KINDS = "one of uniform, loguniform, int, logint, choice, ordered.";

    @TempDir
    private Path folder = Path.of("");

    /// All that reads an experiment before it is run.
    static Specification read(String text) {
        var specification = Specification.read(ExperimentFile.parse(text, "gan.yaml"));
        new PbtReader().read(specification);
        return specification;
    }

    private static String with(String from, String to) {
        assertThat(RIGHT).contains(from);
        return RIGHT.replace(from, to);
    }

    private static void says(String text, String message) {
        assertThatThrownBy(() -> read(text)).hasMessage(message);
    }

    @Test
    void aRightFile_isRead() {
        assertThat(read(RIGHT).name()).isEqualTo("gan");
        assertThat(read(RIGHT).budget().steps()).hasValue(20_000L);
    }

    @Test
    void aSetting_knowsWhereItWasWritten() {
        var settings = ExperimentFile.parse(RIGHT, "gan.yaml");

        assertThat(settings.entries().get("seed")).hasToString("7");
        assertThat(settings.entries().get("seed").place()).hasToString("gan.yaml:15:7");
    }

    // ---- misspelt and foreign words

    private static String unknown(int line, int column, String word, String mend) {
        return "CLADE-1004 gan.yaml:" + line + ":" + column + " the experiment has no setting '" + word + "'.  Found: "
                + word + ".  Expected: " + SETTINGS + "  Mend: " + mend;
    }

    @Test
    void aMisspeltName_getsTheNearest() {
        says(with("population: 8", "poplation: 8"), unknown(4, 12, "poplation", "write 'population'."));
    }

    @Test
    void aNameThatIsNothingLike_isTakenOut() {
        says(with("seed: 7", "colour: 7"), unknown(15, 9, "colour", "take it out."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: max | direction: maximize | 3 | 12 | direction | write 'mode: max'.",
                "mode: max | direction: minimize | 3 | 12 | direction | write 'mode: min'.",
                "mode: max | goal: maximize | 3 | 7 | goal | write 'mode: max' or 'mode: min'.",
                "population: 8 | num_samples: 8 | 4 | 14 | num_samples | write 'population: 8'.",
                "population: 8 | population_size: 8 | 4 | 18 | population_size | write 'population: 8'.",
                "ready: {every: 500} | perturbation_interval: 500 | 6 | 24 | perturbation_interval"
                        + " | write 'ready: {every: 500}'.",
                "exploit: {truncation: 0.2} | quantile_fraction: 0.25 | 7 | 20 | quantile_fraction"
                        + " | write 'exploit: {truncation: 0.25}'.",
                "seed: 7 | synch: true | 15 | 8 | synch | write 'synchronous: true'.",
                "seed: 7 | max_concurrent: 4 | 15 | 17 | max_concurrent | write 'slots: 4'."
            })
    void aForeignWord_getsItsExactMend(String from, String to, int line, int column, String word, String mend) {
        says(with(from, to), unknown(line, column, word, mend));
    }

    @Test
    void aForeignWordInsideASetting_getsItsExactMend() {
        says(
                with("{truncation: 0.2}", "{quantile_fraction: 0.25}"),
                "CLADE-1004 gan.yaml:7:30 exploit has no setting 'quantile_fraction'.  Found: quantile_fraction."
                        + "  Expected: one of truncation, tournament, t_test, margin."
                        + "  Mend: write 'exploit: {truncation: 0.25}'.");
    }

    @Test
    void twoKindsOfOneThing_areTooMany_andNoneIsTooFew() {
        says(
                with("{truncation: 0.2}", "{truncation: 0.2, margin: 1}"),
                "CLADE-1003 gan.yaml:7:10 exploit must be one kind.  Found: truncation, margin."
                        + "  Expected: exactly one of truncation, tournament, t_test, margin.  Mend: keep one of them.");
        says(
                with("{every: 500}", "{burn_in: 5}"),
                "CLADE-1003 gan.yaml:6:8 ready must be one kind.  Found: burn_in."
                        + "  Expected: exactly one of every, seconds, adaptive.  Mend: write one of them.");
    }

    @Test
    void aWordThatIsNoneOfThose_isNamedBesideThem() {
        says(
                with("mode: max", "mode: maximum"),
                "CLADE-1001 gan.yaml:3:7 is not what it should be.  Found: maximum  Expected: max or min."
                        + "  Mend: correct it there.");
    }

    // ---- parameters

    private static String notADomain(String found, String mend) {
        return "CLADE-1104 gan.yaml:10:7 parameter 'lr' is not written as a domain.  Found: " + found + ".  Expected: "
                + KINDS + "  Mend: " + mend;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{min: 1e-5, max: 1e-2} | {uniform: [1e-5, 1e-2]}",
                "{type: float, low: 1e-5, high: 1e-2, log: true} | {loguniform: [1e-5, 1e-2]}",
                "{type: float, low: 0, high: 1, log: false} | {uniform: [0, 1]}",
                "{type: int, low: 1, high: 5} | {int: [1, 5]}",
                "{values: [1, 2]} | {choice: [1, 2]}",
                "0.1 | {choice: [0.1]}",
                "{loguniforn: [1e-5, 1e-2]} | {loguniform: [1e-5, 1e-2]}",
                "{log_uniform: [1e-5, 1e-2]} | {loguniform: [1e-5, 1e-2]}",
                "{randint: [1, 5]} | {int: [1, 5]}"
            })
    void aForeignDomain_getsItsExactMend(String foreign, String mend) {
        says(with("{loguniform: [1e-5, 1e-2]}", foreign), notADomain(foreign, "write 'lr: " + mend + "'."));
    }

    @Test
    void bareBounds_getBothMends() {
        says(
                with("{loguniform: [1e-5, 1e-2]}", "[1e-5, 1e-2]"),
                notADomain("[1e-5, 1e-2]", "write 'lr: {loguniform: [1e-5, 1e-2]}' or uniform."));
    }

    @Test
    void reversedBounds_areTurned() {
        says(
                with("[1e-5, 1e-2]", "[1e-2, 1e-5]"),
                "CLADE-1102 gan.yaml:10:20 the bounds of 'lr' are reversed.  Found: [1e-2, 1e-5]."
                        + "  Expected: [low, high] with low <= high.  Mend: write [1e-5, 1e-2].");
    }

    @Test
    void boundsWithoutALogarithm_areRefused() {
        says(
                with("[1e-5, 1e-2]", "[0, 1e-2]"),
                "CLADE-1103 gan.yaml:10:20 the logarithm of 'lr' is not defined on its range.  Found: [0, 1e-2]."
                        + "  Expected: bounds above 0.  Mend: raise the lower bound, or write uniform.");
        says(
                with("[0.9, 0.9999]", "[0.9, 1]"),
                "CLADE-1103 gan.yaml:11:26 the logarithm of 'momentum' is not defined on its range.  Found: [0.9, 1]."
                        + "  Expected: bounds below 1, since 1-x is drawn."
                        + "  Mend: lower the upper bound, say 0.9999.");
    }

    @Test
    void oneBound_orBoundsTooFarApart_areRefused() {
        says(
                with("[1e-5, 1e-2]", "[1e-5]"),
                "CLADE-1001 gan.yaml:10:20 is not what it should be.  Found: [1e-5]  Expected: two bounds, [low, high]."
                        + "  Mend: correct it there.");
        says(
                with("{loguniform: [1e-5, 1e-2]}", "{uniform: [-1e308, 1e308]}"),
                "CLADE-1001 gan.yaml:10:17 is not what it should be.  Found: [-1e308, 1e308]"
                        + "  Expected: bounds whose difference is a number.  Mend: correct it there.");
    }

    @Test
    void aConditionThatCannotHold_isNamed() {
        says(
                with("when: {opt: sgd}", "when: {opt: rmsprop}"),
                "CLADE-1106 gan.yaml:10:3 parameter 'decay' can never be active.  Found: when opt in [rmsprop]."
                        + "  Expected: a value that 'opt' can take: choice [adam, sgd].  Mend: correct the `when`.");
        says(
                with("opt: {choice: [adam, sgd]}", "opt: {int: [1, 5], size: 2}")
                        .replace("{opt: sgd}", "{opt: {at_least: 2}}"),
                "CLADE-1106 gan.yaml:10:3 parameter 'decay' can never be active.  Found: when opt >= 2.0."
                        + "  Expected: a parent of one value.  Mend: correct the `when`.");
        says(
                with("when: {opt: sgd}", "when: {optim: sgd}"),
                "CLADE-1105 gan.yaml:10:3 the conditions of the parameters do not fit together."
                        + "  Found: unknown parent or circle in `when` of decay."
                        + "  Expected: every parent named in a `when` to be a parameter, and no circle."
                        + "  Mend: correct the `when`.");
    }

    @Test
    void aValueThatIsGiven_isOneOfTheSpace() {
        says(
                with("seed: 7", "start: [{learning: 3}]"),
                "CLADE-1107 gan.yaml:15:20 a value is given for 'learning', which is no parameter.  Found: learning."
                        + "  Expected: one of lr, momentum, opt, decay.  Mend: correct the name.");
        says(
                with("seed: 7", "start: [{lr: 3}]"),
                "CLADE-1108 gan.yaml:15:14 the value given for 'lr' is outside its domain.  Found: 3."
                        + "  Expected: a value in loguniform [1.0E-5, 0.01].  Mend: correct the value or the domain.");
    }

    @Test
    void factorsTheWrongWayRound_areNamed() {
        says(
                with("[0.8, 1.25]", "[1.25, 0.8]"),
                "CLADE-1001 gan.yaml:8:20 is not what it should be.  Found: [1.25, 0.8]"
                        + "  Expected: [down, up], two factors, below 1 and above 1.  Mend: correct it there.");
    }

    // ---- numbers and durations

    private static Setting seed(String number) {
        return ExperimentFile.parse("seed: " + number, "gan.yaml")
                .entries()
                .firstEntry()
                .getValue();
    }

    @ParameterizedTest
    @CsvSource({
        "1e6, 1000000",
        "1_000_000, 1000000",
        "20k, 20000",
        "2M, 2000000",
        "1G, 1000000000",
        ".5, 0.5",
        "5%, 0.05",
        "-1.5e-3, -0.0015",
        "+7, 7",
        "1.5k, 1500",
        "0.1k, 100"
    })
    void aNumber_hasManyForms(String text, double value) {
        assertThat(seed(text).asReal()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x10", "20 k", "1e400", "nan", "inf", "1e", "k", "1,5", "twenty", "1-x"})
    void whatIsNoNumber_isNamedWithItsPlace(String text) {
        assertThatThrownBy(() -> seed(text).asReal())
                .hasMessage("CLADE-1001 gan.yaml:1:7 is not what it should be.  Found: " + text
                        + "  Expected: a number, such as 7, .5, 1e6, 1_000_000 or 20k.  Mend: correct it there.");
    }

    @Test
    void aNumberOfTheWrongKind_isNamedWithItsPlace() {
        says(
                with("20k", ".5"),
                "CLADE-1001 gan.yaml:5:17 is not what it should be.  Found: .5  Expected: a whole number."
                        + "  Mend: correct it there.");
        says(
                with("20k", "-5"),
                "CLADE-1001 gan.yaml:5:17 is not what it should be.  Found: -5"
                        + "  Expected: a whole number of at least 1.  Mend: correct it there.");
        says(
                with("20k", "1e18"),
                "CLADE-1001 gan.yaml:5:17 is not what it should be.  Found: 1e18"
                        + "  Expected: a whole number of at most 9007199254740992.  Mend: correct it there.");
        says(
                with("truncation: 0.2", "truncation: 0.7"),
                "CLADE-1001 gan.yaml:7:23 is not what it should be.  Found: 0.7  Expected: a number from 0 to 0.5."
                        + "  Mend: correct it there.");
    }

    @ParameterizedTest
    @CsvSource({"90s, 90000", "30m, 1800000", "2h, 7200000", "1d, 86400000", "250ms, 250", ".5h, 1800000", "90, 90000"})
    void aDuration_hasAUnit_orIsInSeconds(String text, long millis) {
        assertThat(seed(text).asDuration()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1w", "-5s", "1h30m", "soon", "1e3s"})
    void whatIsNoDuration_isNamedWithItsPlace(String text) {
        says(
                with("steps: 20k", "time: " + text),
                "CLADE-1001 gan.yaml:5:16 is not what it should be.  Found: " + text
                        + "  Expected: a duration, such as 90s, 30m, 2h or 1d.  Mend: correct it there.");
    }

    @Test
    void aDurationOfAges_isTooLong() {
        says(
                with("steps: 20k", "time: 999999d"),
                "CLADE-1001 gan.yaml:5:16 is not what it should be.  Found: 999999d"
                        + "  Expected: a duration of less than 292 years.  Mend: correct it there.");
    }

    // ---- what is missing

    @ParameterizedTest
    @ValueSource(strings = {"name: gan", "metric: score", "budget: {steps: 20k}", "trainer: {toy: quadratic}"})
    void aRequiredEntryThatIsMissing_isNamedBesideThoseThatAreThere(String line) {
        var name = line.substring(0, line.indexOf(':'));
        var there = "name, metric, mode, population, budget, ready, exploit, explore, parameters, trainer, seed"
                .replaceFirst(name + ", ", "");

        says(
                with(line + "\n", ""),
                "CLADE-1002 gan.yaml:1:1 the experiment lacks '" + name + "'.  Found: " + there
                        + ".  Expected: an entry '" + name + "'.  Mend: add '" + name + ": ...'.");
    }

    @Test
    void parametersThatAreMissing_orNone_areNamed() {
        var without = RIGHT.replaceAll("(?s)parameters:.*trainer", "trainer");
        says(
                without,
                "CLADE-1002 gan.yaml:1:1 the experiment lacks 'parameters'."
                        + "  Found: name, metric, mode, population, budget, ready, exploit, explore, trainer, seed."
                        + "  Expected: an entry 'parameters'.  Mend: add 'parameters: ...'.");
        says(
                without + "parameters: {}\n",
                "CLADE-1001 gan.yaml:11:13 is not what it should be.  Found: no parameters"
                        + "  Expected: at least one parameter to tune.  Mend: correct it there.");
        says(
                without + "parameters:\n",
                "CLADE-1001 gan.yaml:11:12 is not what it should be.  Found: nothing"
                        + "  Expected: a mapping (name: value).  Mend: correct it there.");
    }

    @Test
    void aBudgetWithoutAnEnd_isRefused() {
        says(
                with("{steps: 20k}", "{target: 7.5}"),
                "CLADE-1201 gan.yaml:5:9 the budget has no end.  Found: {target: 7.5}."
                        + "  Expected: steps, time or total_steps.  Mend: add, say, 'steps: 20k'.");
    }

    @Test
    void membersThatAreAllControls_areRefused() {
        says(
                with("seed: 7", "control: 8"),
                "CLADE-1202 gan.yaml:15:10 nobody is left to evolve.  Found: 8 control members of a population of 8."
                        + "  Expected: fewer controls than members.  Mend: lower 'control' or raise 'population'.");
    }

    // ---- YAML

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing yet\n"})
    void anEmptyFile_saysWhatToBeginWith(String text) {
        says(
                text,
                "CLADE-1011 the experiment file gan.yaml is empty.  Found: nothing."
                        + "  Expected: name, metric, parameters, trainer and budget."
                        + "  Mend: begin with a copy of examples/quickstart.yaml.");
    }

    @Test
    void whatIsNoMapping_isRefused() {
        says(
                "hello",
                "CLADE-1001 gan.yaml:1:1 is not what it should be.  Found: hello  Expected: a mapping (name: value)."
                        + "  Mend: correct it there.");
        says(
                "- a\n- b\n",
                "CLADE-1001 gan.yaml:1:1 is not what it should be.  Found: a list  Expected: a mapping (name: value)."
                        + "  Mend: correct it there.");
    }

    @Test
    void aNameTwice_isRefusedAtTheSecond() {
        says(
                RIGHT + "name: other\n",
                "CLADE-1013 gan.yaml:16:1 'name' is written twice.  Found: name.  Expected: each name once."
                        + "  Mend: keep one of them.");
        says(
                with("  opt:", "  lr: {uniform: [0, 1]}\n  opt:"),
                "CLADE-1013 gan.yaml:12:3 'lr' is written twice.  Found: lr.  Expected: each name once."
                        + "  Mend: keep one of them.");
    }

    @Test
    void anUnquotedDollarBraceInsideBrackets_getsItsOwnError() {
        says(
                with("{toy: quadratic}", "{command: [python, train.py, --lr, ${lr}]}"),
                "CLADE-1016 gan.yaml:14:45 '${lr}' is not quoted.  Found: ${lr}."
                        + "  Expected: a quoted text, since YAML has its own meaning for { inside [ ] and { }."
                        + "  Mend: write \"${lr}\", or quote the whole text that it stands in.");
    }

    @Test
    void aQuotedDollarBrace_isAText_andBlamedForNothing() {
        var quoted = with("{toy: quadratic}", "{command: \"python train.py --lr ${lr}\"}");
        assertThat(read(quoted).settings().entries().get("trainer"))
                .hasToString("{command: \"python train.py --lr ${lr}\"}");

        says(
                quoted.replace("seed: 7", "\tseed: 7"),
                "CLADE-1012 gan.yaml:15:1 this is not YAML.  Found: found character '\\t(TAB)' that cannot start any"
                        + " token. (Do not use \\t(TAB) for indentation).  Expected: YAML.  Mend: correct it there.");
    }

    @Test
    void anAlias_isRefusedWhereItStands() {
        var refused = " experiment files hold words, lists and mappings only.  Found: the alias *a."
                + "  Expected: the thing itself.  Mend: write it out.";

        says(with("seed: 7", "x: &a [1]\ny: *a"), "CLADE-1014 gan.yaml:16:4" + refused);
        says("name: &a gan\nmetric: *a\n", "CLADE-1014 gan.yaml:2:9" + refused);
        says("a: &a [*a]\n", "CLADE-1014 gan.yaml:1:8" + refused);
    }

    /// A billion laughs: each level ten times the one before.
    @Test
    void aBombOfAliases_isRefusedAtItsFirst() {
        var bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
        }

        says(
                bomb.toString(),
                "CLADE-1014 gan.yaml:2:10 experiment files hold words, lists and mappings only."
                        + "  Found: the alias *a0.  Expected: the thing itself.  Mend: write it out.");
    }

    @Test
    void aFileOfUnreasonableDepthOrSize_isRefused() {
        says(
                "a: " + "[".repeat(100_000),
                "CLADE-1014 gan.yaml:1:53 experiment files hold words, lists and mappings only."
                        + "  Found: more than 50 of them inside each other."
                        + "  Expected: the thing itself.  Mend: write it out.");
        says(
                "name: " + "x".repeat(1_000_000),
                "CLADE-1012 gan.yaml this is not YAML."
                        + "  Found: The incoming YAML document exceeds the limit: 1000000 code points."
                        + "  Expected: YAML.  Mend: correct it there.");
    }

    @Test
    void aTag_constructsNothing() {
        assertThat(ExperimentFile.parse("seed: !!java.lang.Integer 7", "gan.yaml")
                        .entries()
                        .get("seed"))
                .isEqualTo(Setting.word("7"));
    }

    // ---- files

    @Test
    void aFile_isReadWithOrWithoutAByteOrderMark() throws IOException {
        var file = folder.resolve("gan.yaml");
        Files.writeString(file, RIGHT);
        var plain = ExperimentFile.read(file);
        Files.writeString(file, "\uFEFF" + RIGHT);

        assertThat(ExperimentFile.read(file)).isEqualTo(plain).isEqualTo(ExperimentFile.parse(RIGHT, "gan.yaml"));
    }

    @Test
    void aFileThatIsNotUtf8_isNamedWithTheByte() throws IOException {
        var file = folder.resolve("gan.yaml");
        Files.write(file, "name: gan\nunit: époque\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> ExperimentFile.read(file))
                .hasMessage("CLADE-1015 gan.yaml:2:7 the experiment file is not UTF-8.  Found: the byte E9."
                        + "  Expected: text in UTF-8.  Mend: save it as UTF-8.");
    }

    @Test
    void aFileThatIsNotThere_isNamed() {
        var file = folder.resolve("none.yaml");

        assertThatThrownBy(() -> ExperimentFile.read(file))
                .hasMessage(
                        "CLADE-1010 the experiment file " + file + " cannot be read.  Found: no such file."
                                + "  Expected: a YAML file.  Mend: check the path; an example needs no file: compare, quickstart.");
    }
}
