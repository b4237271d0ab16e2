package dev.clade.bench.figure2;

import static dev.clade.bench.figure2.Toy.map;

import dev.clade.population.Member;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.settings.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Adaptive ready against fixed intervals where the optimum drifts:
///
/// ```
/// bench/run adaptive [--seeds 20] [--members 16] [--steps 1000] [--height 5] [--threads 1]
/// ```
///
/// For each noise, the mean final score over seeds (the winner's, measured afresh 40 times) of each fixed interval,
/// and of the adaptive one from each start; all with truncation of 0.2 and factors of 0.8 and 1.25.
public final class AdaptiveReady {

    /// In % of the budget.
    private static final List<Double> FIXED = List.of(0.2, 0.5, 1.0, 2.5, 5.0, 10.0);

    private static final List<Double> STARTS = List.of(0.5, 1.0, 2.5);
    private static final List<Double> NOISES = List.of(0.005, 0.05, 0.3);

    private AdaptiveReady() {}

    private record Scale(int seeds, int members, int steps, int height, int threads) {}

    /// @param interval mean length of a segment, in % of the budget
    private record Result(double score, double interval) {}

    public static void main(String[] words) {
        var options = Toy.options(
                words, Map.of("--seeds", 20, "--members", 16, "--steps", 1000, "--height", 5, "--threads", 1));
        var scale = new Scale(
                option(options, "--seeds"),
                option(options, "--members"),
                option(options, "--steps"),
                option(options, "--height"),
                option(options, "--threads"));
        System.out.println(scale + ", seeds from 1; intervals in % of the budget");
        for (double noise : NOISES) {
            table(scale, noise);
        }
    }

    private static int option(Map<String, Integer> options, String name) {
        return Objects.requireNonNull(options.get(name));
    }

    private static void table(Scale scale, double noise) {
        System.out.printf("%nnoise %.3f%n", noise);
        var fixed = new TreeMap<Double, Result>();
        for (double interval : FIXED) {
            long every = Math.max(1, Math.round(scale.steps() * interval / 100));
            fixed.put(interval, mean(scale, noise, map("every", every)));
        }
        double best = fixed.values().stream().mapToDouble(Result::score).max().orElseThrow();
        fixed.forEach((interval, r) -> line("fixed " + interval + " %", r, best));
        for (double start : STARTS) {
            line("adaptive from " + start + " %", mean(scale, noise, map("adaptive", map("start", start + "%"))), best);
        }
    }

    private static void line(String what, Result result, double best) {
        System.out.printf(
                "  %-20s score %.4f  of the best fixed %.3f  mean interval %.2f %%%n",
                what, result.score(), result.score() / best, result.interval());
    }

    private static Result mean(Scale scale, double noise, Setting ready) {
        var results = Toy.each(scale.seeds(), scale.threads(), seed -> result(scale, run(scale, noise, ready, seed)));
        return new Result(
                results.stream().mapToDouble(Result::score).average().orElseThrow(),
                results.stream().mapToDouble(Result::interval).average().orElseThrow());
    }

    private static Population run(Scale scale, double noise, Setting ready, int seed) {
        var file = new LinkedHashMap<String, Setting>();
        file.put("name", Setting.word("adaptive"));
        file.put("metric", Setting.word("score"));
        file.put("population", Setting.number(scale.members()));
        file.put("budget", map("steps", scale.steps()));
        file.put("ready", ready);
        file.put("final", map("repeats", 40));
        file.put("parameters", map("h", map("loguniform", List.of(0.1, 2))));
        file.put(
                "trainer",
                map(
                        "toy",
                        "drift",
                        "noise",
                        noise,
                        "height",
                        scale.height(),
                        "horizon",
                        scale.steps(),
                        "lag",
                        Math.max(1, scale.steps() / 50)));
        file.put("seed", Setting.number(seed));
        return Toy.run(file, 1);
    }

    private static Result result(Scale scale, Population end) {
        var specification = end.specification();
        var winner = end.finals().flatMap(f -> f.winner(specification)).orElseThrow();
        double steps = end.members().stream().mapToLong(Member::step).sum();
        long segments = end.members().stream()
                .flatMap(m -> m.segments().stream())
                .filter(s -> s.outcome() instanceof Segment.Outcome.Finished)
                .count();
        return new Result(specification.metric().score(winner.measured()), 100 * steps / segments / scale.steps());
    }
}
