package dev.clade.population;

import dev.clade.fault.Fault;
import dev.clade.population.Metric.Mode;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.space.Space;
import dev.clade.space.SpaceReader;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Reading;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What an experiment is, as far as its decisions depend on it. The meaning of every word is in
/// `docs/experiments.md`.
///
/// @param metric what members are ranked by, the first of `objectives`
/// @param objectives all metrics that count, one unless the file has `metrics`
/// @param report what is measured once on the winner, and seen by no decision
/// @param unit a label for what the trainer counts
/// @param repeats evaluations with fresh seeds at each measurement
/// @param window how many of the latest samples since the last copy a test of samples compares
/// @param controls how many of the population neither give nor take, with the values given for them
/// @param starts known-good values of the first members; what they lack is drawn
/// @param stratified whether initial draws are dealt from strata
/// @param retries how often a failed member tries again
/// @param slots members that train at once; none: as many as there is room for
/// @param turn segments that a member keeps its slot for; none: as it is best
/// @param environment what is set for a trainer's process, beside what it inherits
/// @param settings the whole experiment file, for those who read their own parts of it
public record Specification(
        String name,
        Metric metric,
        List<Metric> objectives,
        Optional<Metric> report,
        String unit,
        int population,
        Budget budget,
        int repeats,
        int window,
        Optional<Synchrony> synchrony,
        int controls,
        List<Map<String, Value>> controlValues,
        List<Map<String, Value>> starts,
        boolean stratified,
        int candidates,
        int finalRepeats,
        Space space,
        int retries,
        Deadlines deadlines,
        Optional<Integer> slots,
        Optional<Integer> turn,
        Resources resources,
        SortedMap<String, String> environment,
        long seed,
        Setting.Mapping settings) {

    public static final int DEFAULT_POPULATION = 16;
    public static final int DEFAULT_REPEATS = 1;
    /// Ten, as the paper's windows of episode returns (section 4.1).
    public static final int DEFAULT_WINDOW = 10;
    public static final int DEFAULT_CANDIDATES = 5;
    public static final int DEFAULT_FINAL_REPEATS = 10;
    public static final int DEFAULT_RETRIES = 2;
    public static final long DEFAULT_SEED = 1;
    public static final String DEFAULT_UNIT = "step";

    /// What an experiment can be called.
    public static final String NAMES =
            "a name that begins with a letter or a digit and has at most 100 of letters, digits, '.', '_' and '-'";

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,99}");

    /// Why a member is over that has trained as much as the budget allows.
    public static final String OVER_BUDGET = "budget";

    /// Why an experiment is over of which no member has reached its budget: all have stopped.
    public static final String NOBODY_LEFT = "nobody left";

    /// The settings that other rooms read: here only their names, so that a misspelt one is found.
    private static final List<String> READ_ELSEWHERE =
            List.of("tuner", "ready", "exploit", "explore", "inherit", "scores", "greed", "trainer", "engine", "store");

    /// The specification that settings describe.
    ///
    /// @throws Fault 1xxx at the place of what is wrong
    public static Specification read(Setting.Mapping settings) {
        var fields = Fields.of(settings, "the experiment");
        READ_ELSEWHERE.forEach(fields::find);
        fields.need("trainer");
        var population = fields.find("population").map(p -> p.asCount(1)).orElse(DEFAULT_POPULATION);
        var space = SpaceReader.read(fields.need("parameters"));
        var evaluate = fields.find("evaluate").map(e -> Fields.of(e, "evaluate"));
        var last = fields.find("final").map(f -> Fields.of(f, "final"));
        var control = fields.find("control");
        var objectives = objectives(fields);
        int controls = control.map(c -> controlCount(c, population)).orElse(0);
        fields.find("checkpoints").ifPresent(Specification::folder);
        var specification = new Specification(
                name(fields.need("name")),
                objectives.getFirst(),
                objectives,
                fields.find("report").map(Specification::reportMetric),
                fields.find("unit").map(Setting::asText).orElse(DEFAULT_UNIT),
                population,
                budget(fields.need("budget")),
                count(evaluate, "repeats", DEFAULT_REPEATS),
                count(evaluate, "window", DEFAULT_WINDOW),
                fields.find("synchronous").flatMap(Specification::synchrony),
                controls,
                control.filter(c -> !(c instanceof Setting.Scalar))
                        .map(c -> given(c, space))
                        .orElse(List.of()),
                fields.find("start")
                        .map(s -> starts(s, space, population - controls))
                        .orElse(List.of()),
                fields.find("sampling").map(Specification::stratified).orElse(true),
                count(last, "candidates", DEFAULT_CANDIDATES),
                count(last, "repeats", DEFAULT_FINAL_REPEATS),
                space,
                fields.find("retries").map(r -> r.asCount(0)).orElse(DEFAULT_RETRIES),
                deadlines(fields.find("deadlines")),
                fields.find("slots").flatMap(Specification::countOrAuto),
                fields.find("turn").flatMap(Specification::countOrAuto),
                fields.find("resources").map(Specification::resources).orElse(Resources.DEFAULT),
                fields.find("environment").map(Specification::environment).orElseGet(TreeMap::new),
                fields.find("seed").map(Setting::asWhole).orElse(DEFAULT_SEED),
                settings);
        evaluate.ifPresent(Fields::end);
        last.ifPresent(Fields::end);
        fields.end();
        return specification;
    }

    private static int count(Optional<Fields> fields, String name, int otherwise) {
        return fields.flatMap(f -> f.find(name)).map(s -> s.asCount(1)).orElse(otherwise);
    }

    private static String name(Setting setting) {
        if (!named(setting.asText())) {
            throw setting.wrong(setting.asText(), NAMES);
        }
        return setting.asText();
    }

    /// Whether an experiment can be called so. Names are words in a shell, in comments of programs, and of folders.
    public static boolean named(String name) {
        return NAME.matcher(name).matches();
    }

    /// `metric` and `mode`, or several of them under `metrics`.
    private static List<Metric> objectives(Fields fields) {
        var several = fields.find("metrics");
        if (several.isEmpty()) {
            return List.of(metric(fields));
        }
        var objectives =
                several.get().asList().stream().map(Specification::reportMetric).toList();
        if (objectives.isEmpty()
                || objectives.stream().map(Metric::name).distinct().count() < objectives.size()) {
            throw several.get().wrong(several.get().toString(), "one or more different metrics");
        }
        if (fields.find("metric").isPresent() || fields.find("mode").isPresent()) {
            throw new Fault(
                    1204,
                    several.get().place() + " the metrics are given twice.",
                    "'metrics' beside 'metric' or 'mode'.",
                    "either 'metric' and 'mode', or 'metrics: [{metric: a, mode: max}, ...]'.",
                    "take 'metric' and 'mode' out.");
        }
        return objectives;
    }

    private static Metric metric(Fields fields) {
        var name = fields.need("metric");
        var mode = fields.find("mode").map(Specification::mode).orElse(Mode.MAX);
        return new Metric(name.asText(), mode);
    }

    private static Mode mode(Setting setting) {
        return switch (setting.asText()) {
            case "max" -> Mode.MAX;
            case "min" -> Mode.MIN;
            default -> throw setting.wrong(setting.asText(), "max or min");
        };
    }

    private static Metric reportMetric(Setting setting) {
        if (setting instanceof Setting.Scalar) {
            return new Metric(setting.asText(), Mode.MAX);
        }
        var fields = Fields.of(setting, "report");
        var metric = metric(fields);
        fields.end();
        return metric;
    }

    private static Budget budget(Setting setting) {
        var fields = Fields.of(setting, "budget");
        var budget = new Budget(
                fields.find("steps").map(s -> positive(s)),
                fields.find("time").map(Setting::asTime),
                fields.find("total_steps").map(s -> positive(s)),
                fields.find("target").map(Setting::asReal));
        fields.end();
        if (budget.steps().isEmpty()
                && budget.time().isEmpty()
                && budget.totalSteps().isEmpty()) {
            throw new Fault(
                    1201,
                    setting.place() + " the budget has no end.",
                    setting + ".",
                    "steps, time or total_steps.",
                    "add, say, 'steps: 20k'.");
        }
        return budget;
    }

    private static long positive(Setting setting) {
        long value = setting.asWhole();
        if (value < 1) {
            throw setting.wrong(setting.asText(), "a whole number of at least 1");
        }
        return value;
    }

    private static Optional<Synchrony> synchrony(Setting setting) {
        if (setting instanceof Setting.Scalar) {
            return setting.asFlag() ? Optional.of(new Synchrony(1, Optional.empty())) : Optional.empty();
        }
        var fields = Fields.of(setting, "synchronous");
        var synchrony = new Synchrony(
                fields.need("quorum").asReal(0, 1),
                Optional.of(fields.need("deadline").asTime()));
        fields.end();
        return Optional.of(synchrony);
    }

    private static int controlCount(Setting setting, int population) {
        int count = setting instanceof Setting.Scalar
                ? setting.asCount(0)
                : setting.asList().size();
        if (count >= population && count > 0) {
            throw new Fault(
                    1202,
                    setting.place() + " nobody is left to evolve.",
                    count + " control members of a population of " + population + ".",
                    "fewer controls than members.",
                    "lower 'control' or raise 'population'.");
        }
        return count;
    }

    private static List<Map<String, Value>> starts(Setting setting, Space space, int evolving) {
        var starts = given(setting, space);
        if (starts.size() > evolving) {
            throw new Fault(
                    1203,
                    setting.place() + " there are more start values than members that evolve.",
                    starts.size() + " of them, for " + evolving + ".",
                    "at most one for each.",
                    "take some out, or raise 'population'.");
        }
        return starts;
    }

    private static List<Map<String, Value>> given(Setting setting, Space space) {
        return setting.asList().stream().map(s -> given(s.asMapping(), space)).toList();
    }

    private static Map<String, Value> given(Setting.Mapping setting, Space space) {
        var values = new TreeMap<String, Value>();
        setting.entries().forEach((name, value) -> values.put(name, SpaceReader.given(space, name, value)));
        SpaceReader.refuseInactive(space, values, setting);
        return values;
    }

    private static boolean stratified(Setting setting) {
        return switch (setting.asText()) {
            case "stratified" -> true;
            case "independent" -> false;
            default -> throw setting.wrong(setting.asText(), "stratified or independent");
        };
    }

    private static Deadlines deadlines(Optional<Setting> setting) {
        if (setting.isEmpty()) {
            return Deadlines.DEFAULT;
        }
        var fields = Fields.of(setting.get(), "deadlines");
        var deadlines = new Deadlines(
                duration(fields, "first_report", Deadlines.DEFAULT.firstReport()),
                duration(fields, "segment", Deadlines.DEFAULT.segment()),
                duration(fields, "evaluate", Deadlines.DEFAULT.evaluate()),
                duration(fields, "save", Deadlines.DEFAULT.save()));
        fields.end();
        return deadlines;
    }

    private static Duration duration(Fields fields, String name, Duration otherwise) {
        return fields.find(name).map(Setting::asTime).orElse(otherwise);
    }

    private static Optional<Integer> countOrAuto(Setting setting) {
        if (setting.asText().equals("auto")) {
            return Optional.empty();
        }
        try {
            return Optional.of(setting.asCount(1));
        } catch (Fault notACount) {
            throw setting.wrong(setting.asText(), "auto, or a whole number of at least 1");
        }
    }

    private static Resources resources(Setting setting) {
        var fields = Fields.of(setting, "resources");
        var resources = new Resources(
                fields.find("cpus").map(c -> c.asCount(1)).orElse(Resources.DEFAULT.cpus()),
                fields.find("gpus").map(Specification::devices).orElse(Resources.DEFAULT.gpus()));
        fields.end();
        return resources;
    }

    private static double devices(Setting setting) {
        double gpus = setting.asReal();
        if (!Resources.gives(gpus)) {
            throw setting.wrong(setting.asText(), "a whole number of devices, or a fraction of one such as 0.5");
        }
        return gpus;
    }

    private static SortedMap<String, String> environment(Setting setting) {
        var fields = Fields.of(setting, "environment");
        var values = new TreeMap<String, String>();
        fields.need("set").asMapping().entries().forEach((name, value) -> values.put(name, value.asText()));
        fields.end();
        return Collections.unmodifiableSortedMap(values);
    }

    /// Where checkpoints are: what has no folder is refused before anything is trained.
    private static void folder(Setting setting) {
        if (!setting.asText().matches("file:.+")) {
            throw setting.wrong(setting.asText(), "file:FOLDER; there is no other place for checkpoints yet");
        }
    }

    /// The samples of the selection metric in an evaluation, none where it diverged.
    List<Double> samples(Evaluation evaluation) {
        return evaluation.metrics().get(metric.name()) instanceof Reading.Finite finite ? finite.samples() : List.of();
    }

    /// Whether another says the same, however it is written. What other rooms read is not compared.
    public boolean means(Specification other) {
        return written(other.settings).equals(other);
    }

    private Specification written(Setting.Mapping otherwise) {
        return new Specification(
                name,
                metric,
                objectives,
                report,
                unit,
                population,
                budget,
                repeats,
                window,
                synchrony,
                controls,
                controlValues,
                starts,
                stratified,
                candidates,
                finalRepeats,
                space,
                retries,
                deadlines,
                slots,
                turn,
                resources,
                environment,
                seed,
                otherwise);
    }

    /// Whether a member is a control: the last ones of the population are.
    public boolean control(MemberId member) {
        return member.index() >= population - controls && member.index() < population;
    }

    /// The group that the engine puts a member in, before a tuner's own.
    public Optional<Group> controlGroup(MemberId member) {
        return control(member) ? Optional.of(Group.CONTROL) : Optional.empty();
    }
}
