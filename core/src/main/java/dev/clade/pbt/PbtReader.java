package dev.clade.pbt;

import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `ready`, `scores`, `exploit`, `explore` and `inherit` of an experiment.
public final class PbtReader implements Tuners {

    /// Ready points in a budget of steps where `ready` is not given. Ours: the paper's runs have 50 to 150.
    public static final int DEFAULT_READY_POINTS = 50;

    @Override
    public String word() {
        return "pbt";
    }

    @Override
    public Set<String> parts() {
        return words("ready", "scores", "exploit", "explore", "inherit", "greed");
    }

    @Override
    public Tuner read(Specification specification) {
        return pbt(specification);
    }

    /// When members are ready, as an experiment says it.
    public static Ready ready(Specification specification) {
        return Optional.ofNullable(specification.settings().entries().get("ready"))
                .map(r -> ready(r, specification))
                .orElseGet(() -> defaultReady(specification));
    }

    /// PBT with the parts that an experiment names.
    public static PopulationBasedTraining pbt(Specification specification) {
        var settings = specification.settings().entries();
        var remedy = Optional.ofNullable(settings.get("greed")).map(PbtReader::remedy);
        var pbt = new PopulationBasedTraining(
                ready(specification),
                Optional.ofNullable(settings.get("scores"))
                        .map(PbtReader::ranking)
                        .orElse(new Ranking.Latest()),
                Optional.ofNullable(settings.get("exploit"))
                        .map(e -> exploit(e, specification))
                        .orElse(new Exploit.Truncation(Exploit.Truncation.DEFAULT_FRACTION)),
                Optional.ofNullable(settings.get("explore"))
                        .map(PbtReader::explore)
                        .orElse(new Explore.Perturb(
                                Explore.Perturb.DEFAULT_DOWN, Explore.Perturb.DEFAULT_UP, 0, 1, false)),
                Optional.ofNullable(settings.get("inherit"))
                        .map(PbtReader::inherit)
                        .orElse(Inherit.BOTH));
        return remedy.map(pbt::with).orElse(pbt);
    }

    private static Remedy remedy(Setting setting) {
        if (setting instanceof Setting.Scalar) {
            if (!setting.asText().equals("remedy")) {
                throw setting.wrong(setting.asText(), "remedy, or {width: 0.25, resample: 0.25, ...}");
            }
            return remedy(Fields.of(Setting.map(Map.of()), "greed"));
        }
        return remedy(Fields.of(setting, "greed"));
    }

    private static Remedy remedy(Fields fields) {
        var remedy = new Remedy(
                real(fields, "founders", 0, 1, Remedy.DEFAULT_FOUNDERS),
                real(fields, "width", 0, 10, Remedy.DEFAULT_WIDTH),
                real(fields, "stale", Double.MIN_VALUE, Double.MAX_VALUE, Remedy.DEFAULT_STALE),
                real(fields, "resample", 0, 1, Remedy.DEFAULT_RESAMPLE),
                real(fields, "migrants", 0, 1, Remedy.DEFAULT_MIGRANTS),
                real(fields, "longer", 1, 1e6, Remedy.DEFAULT_LONGER));
        fields.end();
        return remedy;
    }

    private static double real(Fields fields, String name, double low, double high, double otherwise) {
        return fields.find(name).map(s -> s.asReal(low, high)).orElse(otherwise);
    }

    private static Ready defaultReady(Specification specification) {
        long steps = specification
                .budget()
                .steps()
                .orElseThrow(() -> new Fault(
                        1301,
                        "the experiment does not say when members are ready.",
                        "a budget without steps, and no 'ready'.",
                        "'ready', or a budget in steps.",
                        "add, say, 'ready: {every: 500}'."));
        return new Ready.Steps(Math.max(1, steps / DEFAULT_READY_POINTS), 0);
    }

    private static Ready ready(Setting setting, Specification specification) {
        if (setting instanceof Setting.Scalar) {
            return setting.asText().equals("adaptive")
                    ? adaptive(Setting.map(Map.of()), setting, specification)
                    : new Ready.Steps(setting.asCount(1), 0);
        }
        var fields = Fields.of(setting, "ready");
        var ready = switch (fields.only(words("every", "seconds", "adaptive"))) {
            case "every" ->
                new Ready.Steps(
                        fields.need("every").asCount(1),
                        fields.find("burn_in").map(b -> (long) b.asCount(0)).orElse(0L));
            case "seconds" -> new Ready.Seconds(fields.need("seconds").asTime());
            default -> adaptive(fields.need("adaptive"), setting, specification);
        };
        fields.end();
        return ready;
    }

    private static Ready adaptive(Setting body, Setting ready, Specification specification) {
        long budget = specification
                .budget()
                .steps()
                .orElseThrow(() -> new Fault(
                        1303,
                        ready.place() + " an adaptive 'ready' needs a budget of steps.",
                        "a budget of " + specification.budget() + ".",
                        "'steps' in the budget: the interval is a part of it.",
                        "add, say, 'steps: 20k' to the budget, or say 'ready: {every: 500}'."));
        var fields = Fields.of(body, "adaptive");
        double start = fields.find("start").map(s -> interval(s, budget)).orElse(Adaptive.DEFAULT_START * budget);
        double least = fields.find("least").map(s -> interval(s, budget)).orElse(Adaptive.DEFAULT_LEAST * start);
        double most = fields.find("most").map(s -> interval(s, budget)).orElse(Adaptive.DEFAULT_MOST * budget);
        fields.end();
        if (!(least <= start && start <= most)) {
            throw new Fault(
                    1304,
                    ready.place() + " the bounds of an adaptive 'ready' do not hold its start.",
                    "least %s, start %s, most %s steps.".formatted(plain(least), plain(start), plain(most)),
                    "least <= start <= most.",
                    "give all three, in steps or in % of the budget; 'most' is 5 % where it is not given.");
        }
        return Adaptive.from(start, least, most);
    }

    /// So many steps, or such a part of the budget.
    private static double interval(Setting setting, long budget) {
        return setting.asText().endsWith("%") ? setting.asReal(Double.MIN_VALUE, 1) * budget : setting.asCount(1);
    }

    private static String plain(double steps) {
        return Setting.number(steps).text();
    }

    private static Ranking ranking(Setting setting) {
        if (setting instanceof Setting.Scalar) {
            return switch (setting.asText()) {
                case "latest" -> new Ranking.Latest();
                case "same-step" -> new Ranking.SameStep();
                default -> throw setting.wrong(setting.asText(), "latest, same-step or {within: steps}");
            };
        }
        var fields = Fields.of(setting, "scores");
        var within = new Ranking.Within(fields.need("within").asCount(0));
        fields.end();
        return within;
    }

    /// Under several objectives a score is a place: there are neither samples nor differences of it.
    private static Exploit exploit(Setting setting, Specification specification) {
        var exploit = exploit(setting);
        boolean byValue = exploit instanceof Exploit.TTest || exploit instanceof Exploit.Margin;
        if (byValue && specification.objectives().size() > 1) {
            throw new Fault(
                    1380,
                    setting.place() + " this exploit compares values of one metric, and there are several.",
                    "exploit: " + setting + ", with "
                            + specification.objectives().size() + " metrics.",
                    "truncation, binary_tournament, tournament or none.",
                    "name one of those, or give one 'metric'.");
        }
        return exploit;
    }

    private static Exploit exploit(Setting setting) {
        if (setting instanceof Setting.Scalar) {
            return switch (setting.asText()) {
                case "none" -> new Exploit.None();
                case "binary_tournament" -> new Exploit.BinaryTournament();
                case "tournament" -> new Exploit.Tournament(Exploit.Tournament.DEFAULT_GENERATIONS);
                case "truncation" -> new Exploit.Truncation(Exploit.Truncation.DEFAULT_FRACTION);
                case "t_test" -> new Exploit.TTest(Exploit.TTest.DEFAULT_P);
                default ->
                    throw setting.wrong(
                            setting.asText(),
                            "none, binary_tournament, {tournament: {generations: 2}}, {truncation: 0.2},"
                                    + " {t_test: {p: 0.05}} or {margin: x}");
            };
        }
        var fields = Fields.of(setting, "exploit");
        var kind = fields.only(words("truncation", "tournament", "t_test", "margin"));
        var body = fields.need(kind);
        var exploit = switch (kind) {
            case "truncation" -> new Exploit.Truncation(body.asReal(0, 0.5));
            case "tournament" -> new Exploit.Tournament(generations(body));
            case "margin" -> new Exploit.Margin(body.asReal(0, Double.MAX_VALUE));
            default -> new Exploit.TTest(level(body));
        };
        fields.end();
        return exploit;
    }

    private static int generations(Setting setting) {
        var fields = Fields.of(setting, "tournament");
        int generations =
                fields.find("generations").map(g -> g.asCount(1)).orElse(Exploit.Tournament.DEFAULT_GENERATIONS);
        fields.end();
        return generations;
    }

    private static double level(Setting setting) {
        var fields = Fields.of(setting, "t_test");
        double p = fields.find("p").map(s -> s.asReal(1e-9, 1 - 1e-9)).orElse(Exploit.TTest.DEFAULT_P);
        fields.end();
        return p;
    }

    private static Explore explore(Setting setting) {
        if (setting instanceof Setting.Scalar) {
            return switch (setting.asText()) {
                case "none" -> new Explore.None();
                case "resample" -> new Explore.Resample(1, false);
                default ->
                    throw setting.wrong(setting.asText(), "none, resample, {perturb: [0.8, 1.25]} or {gaussian: 0.1}");
            };
        }
        var fields = Fields.of(setting, "explore");
        double chance = fields.find("chance").map(c -> c.asReal(0, 1)).orElse(1.0);
        boolean always = fields.find("when").map(PbtReader::always).orElse(false);
        var resample = fields.find("resample").map(r -> r.asReal(0, 1));
        Explore explore;
        if (fields.find("gaussian").isPresent()) {
            explore = new Explore.Gaussian(fields.need("gaussian").asReal(1e-12, 1e12), chance, always);
        } else if (fields.find("perturb").isPresent()) {
            var factors = fields.need("perturb").asList();
            if (factors.size() != 2
                    || factors.getFirst().asReal() >= 1
                    || factors.getLast().asReal() <= 1) {
                throw fields.need("perturb")
                        .wrong(fields.need("perturb").toString(), "[down, up], two factors, below 1 and above 1");
            }
            explore = new Explore.Perturb(
                    factors.getFirst().asReal(1e-6, 1 - 1e-9),
                    factors.getLast().asReal(1 + 1e-9, 1e6),
                    resample.orElse(0.0),
                    chance,
                    always);
        } else {
            explore = new Explore.Perturb(
                    Explore.Perturb.DEFAULT_DOWN, Explore.Perturb.DEFAULT_UP, resample.orElse(0.0), chance, always);
        }
        fields.end();
        return explore;
    }

    private static boolean always(Setting setting) {
        return switch (setting.asText()) {
            case "always" -> true;
            case "copied" -> false;
            default -> throw setting.wrong(setting.asText(), "copied or always");
        };
    }

    private static Inherit inherit(Setting setting) {
        boolean weights = false;
        boolean hyperparameters = false;
        for (var word : setting.asList()) {
            switch (word.asText()) {
                case "weights" -> weights = true;
                case "hyperparameters" -> hyperparameters = true;
                default -> throw word.wrong(word.asText(), "weights or hyperparameters");
            }
        }
        if (!weights && !hyperparameters) {
            throw setting.wrong(setting.toString(), "weights, hyperparameters or both");
        }
        return new Inherit(weights, hyperparameters);
    }

    private static Set<String> words(String... words) {
        return new LinkedHashSet<>(List.of(words));
    }
}
