package dev.clade.bench.bayesian;

import dev.clade.app.wire.Wiring;
import dev.clade.population.Event;
import dev.clade.population.Specification;
import dev.clade.random.Philox;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.settings.Setting;
import dev.clade.store.memory.MemoryCheckpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hipparchus.stat.inference.WilcoxonSignedRankTest;

/// How near Bayesian optimisation comes to known minima, against random search and, where there is a Python that has
/// it, against Optuna:
///
/// ```
/// bench/run regret [--first 1] [--seeds 20] [--evaluations 50] [--optuna PYTHON] [--sampler gp|tpe]
/// ```
///
/// A number is the decimal logarithm of the regret: how far the best of all evaluations lies above the minimum.
/// Differences are paired by seed, with a 95 % interval of their median by the bootstrap (Efron 1979) and the p-value
/// of Wilcoxon's signed-rank test.
public final class Regret {

    private static final int RESAMPLES = 10_000;

    /// Up to so many pairs the p-value is exact: all their signs are gone through.
    private static final int EXACT = 20;

    private Regret() {}

    public static void main(String[] words) throws IOException, InterruptedException {
        var options = options(words);
        var seeds = IntStream.range(0, Integer.parseInt(option(options, "--seeds")))
                .map(i -> i + Integer.parseInt(option(options, "--first")))
                .toArray();
        int evaluations = Integer.parseInt(option(options, "--evaluations"));
        var python = option(options, "--optuna");
        for (var terrain : Terrain.values()) {
            System.out.printf(
                    "%n%s, %d evaluations, seeds %d to %d%n",
                    terrain.name().toLowerCase(Locale.ROOT), evaluations, seeds[0], seeds[seeds.length - 1]);
            double[] random = clade(terrain, seeds, evaluations, Setting.word("random"));
            double[] one = clade(terrain, seeds, evaluations, bo(1));
            double[] four = clade(terrain, seeds, evaluations, bo(4));
            line("random search", random);
            line("bo, one at a time", one);
            line("bo, four at a time", four);
            difference("bo, one at a time - random search", one, random);
            difference("bo, four at a time - random search", four, random);
            if (!python.isEmpty()) {
                var sampler = option(options, "--sampler");
                double[] theirs = optuna(python, sampler, terrain, seeds, evaluations);
                line("Optuna, " + sampler, theirs);
                difference("bo, one at a time - Optuna, " + sampler, one, theirs);
                System.out.printf(Locale.ROOT, "  difference of the medians: %+.2f%n", median(one) - median(theirs));
            }
        }
    }

    private static Map<String, String> options(String[] words) {
        var options = new TreeMap<>(
                Map.of("--seeds", "20", "--first", "1", "--evaluations", "50", "--optuna", "", "--sampler", "gp"));
        for (int i = 0; i < words.length; i += 2) {
            if (!options.containsKey(words[i]) || i + 1 == words.length) {
                System.err.println("found: " + String.join(" ", words) + "; expected: a value for any of "
                        + String.join(", ", options.keySet()) + ".");
                System.exit(2);
            }
            options.put(words[i], words[i + 1]);
        }
        return options;
    }

    private static String option(Map<String, String> options, String name) {
        return Objects.requireNonNull(options.get(name));
    }

    private static Setting bo(int atOnce) {
        return Setting.map("bo", Setting.map("at_once", Setting.number(atOnce)));
    }

    // ---- runs

    private static double[] clade(Terrain terrain, int[] seeds, int evaluations, Setting tuner) {
        return Arrays.stream(seeds)
                .mapToDouble(seed -> terrain.logRegret(best(terrain, file(terrain, seed, evaluations, tuner))))
                .toArray();
    }

    private static Setting.Mapping file(Terrain terrain, int seed, int evaluations, Setting tuner) {
        var file = new LinkedHashMap<String, Setting>();
        file.put("name", Setting.word("regret"));
        file.put("metric", Setting.word(Walker.METRIC));
        file.put("mode", Setting.word("min"));
        file.put("population", Setting.number(evaluations));
        file.put("budget", Setting.map("steps", Setting.number(1)));
        file.put("ready", Setting.map("every", Setting.number(1)));
        file.put("tuner", tuner);
        file.put("final", Setting.map("repeats", Setting.number(1)));
        file.put("parameters", Setting.map(terrain.space()));
        file.put("trainer", Setting.map("toy", Setting.word("terrain")));
        file.put("seed", Setting.number(seed));
        return Setting.map(file);
    }

    private static double best(Terrain terrain, Setting.Mapping file) {
        var specification = Specification.read(file);
        try (var checkpoints = new MemoryCheckpoints()) {
            return new VirtualEngine(
                            new Event.ExperimentCreated(specification.name(), file, new TreeMap<>()),
                            Wiring.tuner(specification),
                            place -> new Walker(terrain),
                            checkpoints,
                            1,
                            Costs.STEPS)
                    .run().population().members().stream()
                            .flatMap(member -> member.held().stream())
                            .mapToDouble(pair -> -specification.metric().score(pair.evaluation()))
                            .min()
                            .orElseThrow();
        }
    }

    private static double[] optuna(String python, String sampler, Terrain terrain, int[] seeds, int evaluations)
            throws IOException, InterruptedException {
        var script = Path.of("bench", "python", "optuna_regret.py");
        var output = Files.createTempFile("optuna", ".txt");
        try {
            var process = new ProcessBuilder(
                            python,
                            script.toString(),
                            sampler,
                            Integer.toString(seeds[0]),
                            Integer.toString(seeds[seeds.length - 1]),
                            Integer.toString(evaluations),
                            terrain.name().toLowerCase(Locale.ROOT))
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(script + " has failed, with status " + process.exitValue());
            }
            return Files.readAllLines(output).stream()
                    .mapToDouble(line -> terrain.logRegret(Double.parseDouble(line.split(" ")[3])))
                    .toArray();
        } finally {
            Files.delete(output);
        }
    }

    // ---- figures

    private static void line(String title, double[] regrets) {
        System.out.printf(
                Locale.ROOT,
                "  %-20s median %6.2f  quartiles [%6.2f, %6.2f]%n",
                title,
                median(regrets),
                quantile(regrets, 0.25),
                quantile(regrets, 0.75));
    }

    private static void difference(String title, double[] ours, double[] theirs) {
        double[] differences = IntStream.range(0, ours.length)
                .mapToDouble(i -> ours[i] - theirs[i])
                .toArray();
        var random = Philox.keyed(1, 0, 0, "bootstrap");
        double[] medians = IntStream.range(0, RESAMPLES)
                .mapToDouble(r -> median(random.ints(differences.length, 0, differences.length)
                        .mapToDouble(i -> differences[i])
                        .toArray()))
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "  %-36s %+6.2f  [%+.2f, %+.2f]  better in %d of %d, p = %.2g%n",
                title,
                median(differences),
                quantile(medians, 0.025),
                quantile(medians, 0.975),
                Arrays.stream(differences).filter(d -> d < 0).count(),
                differences.length,
                new WilcoxonSignedRankTest().wilcoxonSignedRankTest(ours, theirs, ours.length <= EXACT));
    }

    private static double median(double[] values) {
        return quantile(values, 0.5);
    }

    /// Linear between order statistics.
    private static double quantile(double[] values, double share) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        double place = share * (sorted.length - 1);
        int below = (int) place;
        double rest = place - below;
        return rest == 0 ? sorted[below] : sorted[below] * (1 - rest) + sorted[below + 1] * rest;
    }
}
