package dev.clade.bench.greed;

import dev.clade.app.wire.Wiring;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Conditions;
import dev.clade.run.virtual.Costs;
import dev.clade.settings.Setting;
import dev.clade.study.simulate.Model;
import dev.clade.study.simulate.Simulation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The toys `plain` and `deceptive` (Chebykin, Alderliesten, Bosman, TMLR 2025) under PBT, PBT with a
/// remedy, and what is said to be less greedy: 22 members, 1,000 steps, ready every 20, a quarter
/// replaced, h in [1e-4, 1.1] times or divided by 2, begun in [0.9, 1.1]; in lockstep, as published, and
/// asynchronously, on a slot for each member. The same first values for all. Prints medians of the
/// winner's loss, less is better, and in how many seeds an arm beat PBT.
///
/// `bench/run greed [--seeds N]`
public final class Greed {

    private static final int MEMBERS = 22;
    private static final int STEPS = 1000;
    private static final int READY = 20;
    private static final int DEFAULT_SEEDS = 12;

    /// A row of the table.
    ///
    /// @param lockstep whether it can decide for generations at once
    private record Row(String name, boolean lockstep, Map<String, String> settings) {}

    private static final List<Row> ROWS = List.of(
            new Row("pbt", true, Map.of()),
            new Row("pbt, ready every 100", true, Map.of("ready", "100")),
            new Row("pbt, greed: remedy", true, Map.of("greed", "remedy")),
            new Row("pbt, remedy, 5 times longer", true, Map.of("greed", "longer=5")),
            new Row("pbt, remedy, only longer", true, Map.of("greed", "resample=0 migrants=0 longer=5")),
            new Row("pbt, remedy, only resample", true, Map.of("greed", "resample=0.25 migrants=0 longer=1")),
            new Row("pbt, remedy, only migrants", true, Map.of("greed", "resample=0 migrants=0.25 longer=1")),
            new Row("mf-pbt", true, Map.of("tuner", "mf-pbt")),
            new Row("mf-pbt [1, 5]", true, Map.of("tuner", "mf-pbt frequencies=1;5")),
            new Row("mf-pbt [1, 10]", true, Map.of("tuner", "mf-pbt frequencies=1;10")),
            new Row("fire", false, Map.of("tuner", "fire")),
            new Row("ipbt", false, Map.of("tuner", "ipbt")),
            new Row("random", true, Map.of("tuner", "random")));

    private Greed() {}

    public static void main(String[] arguments) {
        int seeds = arguments.length == 2 && arguments[0].equals("--seeds")
                ? Integer.parseInt(arguments[1])
                : DEFAULT_SEEDS;
        System.out.printf(
                "%-28s %10s %12s %6s %10s %12s %6s   (medians over seeds 1 to %d; beats pbt in)%n",
                "", "plain", "deceptive", "beats", "plain", "deceptive", "beats", seeds);
        System.out.printf("%-28s %30s %30s%n", "", "in lockstep", "asynchronous");
        var greedy = new LinkedHashMap<Boolean, List<Double>>();
        for (var row : ROWS) {
            var line = new StringBuilder("%-28s".formatted(row.name()));
            for (boolean lockstep : new boolean[] {true, false}) {
                if (lockstep && !row.lockstep()) {
                    line.append(" %10s %12s %6s".formatted("-", "-", "-"));
                    continue;
                }
                var plain = losses(row, "plain", lockstep, seeds);
                var deceptive = losses(row, "deceptive", lockstep, seeds);
                var pbt = greedy.computeIfAbsent(lockstep, _ -> deceptive);
                long beats = IntStream.range(0, seeds)
                        .filter(i -> deceptive.get(i) < pbt.get(i))
                        .count();
                line.append(String.format(
                        Locale.ROOT,
                        " %10.4f %12.4f %6s",
                        median(plain),
                        median(deceptive),
                        row.name().equals("pbt") ? "" : beats));
            }
            System.out.println(line);
        }
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int n = sorted.size();
        return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }

    private static List<Double> losses(Row row, String toy, boolean lockstep, int seeds) {
        return LongStream.rangeClosed(1, seeds)
                .parallel()
                .mapToObj(seed -> {
                    var settings = settings(row, toy, lockstep, seed);
                    var specification = Specification.read(settings);
                    Wiring.fits(specification);
                    var model = new Model(Wiring.trainer(specification, Path.of("")), Costs.STEPS, toy);
                    return new Simulation(settings, Wiring::tuner, model, MEMBERS, Conditions.IDEAL)
                            .run(seed)
                            .value();
                })
                .toList();
    }

    private static Setting.Mapping settings(Row row, String toy, boolean lockstep, long seed) {
        var all = new LinkedHashMap<String, Setting>();
        all.put("name", Setting.word("greed"));
        all.put("metric", Setting.word("loss"));
        all.put("mode", Setting.word("min"));
        all.put("population", Setting.number(MEMBERS));
        all.put("budget", Setting.map("steps", Setting.number(STEPS)));
        all.put("ready", Setting.map("every", Setting.number(READY)));
        all.put("exploit", Setting.map("truncation", Setting.number(0.25)));
        all.put("explore", Setting.map("perturb", Setting.list(List.of(Setting.number(0.5), Setting.number(2)))));
        all.put("start", Setting.list(starts(seed)));
        all.put("synchronous", Setting.word(Boolean.toString(lockstep)));
        all.put("final", Setting.map("repeats", Setting.number(1)));
        all.put("parameters", Setting.map("h", h()));
        all.put("trainer", Setting.map("toy", Setting.word(toy)));
        row.settings().forEach((name, text) -> all.put(name, setting(name, text)));
        var settings = Setting.map(all);
        for (var part : dev.clade.tune.Tuners.PARTS) {
            settings = counts(settings, part) ? settings : settings.without(part);
        }
        return settings;
    }

    private static boolean counts(Setting.Mapping settings, String part) {
        var tuner = settings.entries().get("tuner");
        var word = tuner == null
                ? "pbt"
                : tuner instanceof Setting.Mapping map
                        ? map.entries().firstEntry().getKey()
                        : tuner.asText();
        return Wiring.installed().parts(word).contains(part);
    }

    /// `word`, `100`, `word key=value`, or `key=value key=value`; `1;5` is a list.
    private static Setting setting(String name, String text) {
        if (!text.contains("=")) {
            return Setting.word(text);
        }
        var body = new LinkedHashMap<String, Setting>();
        String word = "";
        for (var part : text.split(" ")) {
            int at = part.indexOf('=');
            if (at < 0) {
                word = part;
            } else {
                body.put(part.substring(0, at), value(part.substring(at + 1)));
            }
        }
        return name.equals("tuner") ? Setting.map(word, Setting.map(body)) : Setting.map(body);
    }

    private static Setting value(String text) {
        return text.contains(";")
                ? Setting.list(
                        List.of(text.split(";")).stream().map(Setting::word).toList())
                : Setting.word(text);
    }

    private static List<Setting> starts(long seed) {
        var random = new SplittableRandom(seed);
        var starts = new ArrayList<Setting>();
        for (int i = 0; i < MEMBERS; i++) {
            starts.add(Setting.map("h", Setting.number(random.nextDouble(0.9, 1.1))));
        }
        return starts;
    }

    private static Setting h() {
        return Setting.map(Map.of(
                "uniform",
                Setting.list(List.of(Setting.number(1e-4), Setting.number(1.1))),
                "perturb",
                Setting.word("multiply")));
    }
}
