package dev.clade.bench.figure2;

import static dev.clade.bench.figure2.Toy.map;

import dev.clade.population.Member;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.settings.Setting;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The paper's figure 2 as a table: what exploit, explore and both do on the toy quadratic.
///
/// ```
/// bench/run figure2 [--seeds 300] [--threads 1]
/// ```
///
/// Two members begin with h = (1, 0) and (0, 1), are ready every 10 of 600 steps and take turns on one slot, in an
/// order drawn anew each round. Q after so many steps is the better member's then, as median and, in brackets, 10 %
/// quantile over seeds.
public final class FigureTwo {

    private static final int EARLY = 200;
    private static final int BUDGET = 600;
    private static final double GOOD = 1.19;
    private static final String TOURNAMENT = "binary_tournament";
    private static final Setting WIDE = map("uniform", List.of(-100, 100), "perturb", "multiply");

    private FigureTwo() {}

    /// A row of the table. Walls are far away; x0.8/1.2 is the paper's factor.
    private record Row(
            String title,
            String exploit,
            Setting explore,
            boolean hyperparameters,
            boolean synchronous,
            int slots,
            int budget) {

        Row(String title, String exploit, Setting explore, boolean hyperparameters) {
            this(title, exploit, explore, hyperparameters, false, 1, BUDGET);
        }

        Map<String, Setting> file(int seed) {
            var file = new LinkedHashMap<String, Setting>();
            file.put("name", Setting.word("figure-2"));
            file.put("metric", Setting.word("Q"));
            file.put("population", Setting.number(2));
            file.put("budget", map("steps", budget));
            file.put("ready", map("every", 10));
            file.put("exploit", Setting.word(exploit));
            file.put("explore", explore);
            file.put(
                    "inherit",
                    Setting.list((hyperparameters ? List.of("weights", "hyperparameters") : List.of("weights"))
                            .stream().map(Setting::word).toList()));
            file.put("synchronous", Setting.word(Boolean.toString(synchronous)));
            file.put("start", Setting.list(List.of(map("h0", 1, "h1", 0), map("h0", 0, "h1", 1))));
            file.put("final", map("repeats", 1));
            file.put("parameters", map("h0", WIDE, "h1", WIDE));
            file.put("trainer", map("toy", "quadratic"));
            file.put("seed", Setting.number(seed));
            return file;
        }
    }

    private static List<Row> rows() {
        var none = Setting.word("none");
        var gaussian = map("gaussian", 0.1);
        var factors = map("perturb", List.of(0.8, 1.2));
        var always = Setting.word("always");
        return List.of(
                new Row("PBT, weights only, Gaussian 0.1", TOURNAMENT, gaussian, false),
                new Row("PBT, weights + h, Gaussian 0.1", TOURNAMENT, gaussian, true),
                new Row("PBT, weights only, x0.8/1.2", TOURNAMENT, factors, false),
                new Row("PBT, weights + h, x0.8/1.2", TOURNAMENT, factors, true),
                new Row("exploit only, weights only", TOURNAMENT, none, false),
                new Row("exploit only, weights + h", TOURNAMENT, none, true),
                new Row("explore only, Gaussian 0.1", "none", gaussian.with("when", always), false),
                new Row("explore only, x0.8/1.2", "none", factors.with("when", always), false),
                new Row("grid", "none", none, false),
                // no lineage comes to its end within 600 own steps
                new Row(
                        "PBT, weights + h, Gaussian 0.1, of 1200 steps",
                        TOURNAMENT,
                        gaussian,
                        true,
                        false,
                        1,
                        2 * BUDGET),
                new Row("trap: PBT, weights only, synchronous", TOURNAMENT, gaussian, false, true, 1, BUDGET),
                new Row("trap: PBT, weights only, a slot each", TOURNAMENT, gaussian, false, false, 2, BUDGET));
    }

    /// @param early the better member's Q after 200 steps
    /// @param late after all
    /// @param ever the best that was read
    private record Best(double early, double late, double ever) {}

    public static void main(String[] words) {
        var options = Toy.options(words, Map.of("--seeds", 300, "--threads", 1));
        int seeds = Objects.requireNonNull(options.get("--seeds"));
        int threads = Objects.requireNonNull(options.get("--threads"));
        System.out.printf(
                "| variant | after %d steps | after %d | reach %s by %d |%n|---|---|---|---|%n",
                EARLY, BUDGET, GOOD, BUDGET);
        for (var row : rows()) {
            var best = Toy.each(seeds, threads, seed -> best(Toy.run(row.file(seed), row.slots())));
            System.out.printf(
                    "| %s | %s | %s | %d/%d |%n",
                    row.title,
                    quantiles(best.stream().mapToDouble(Best::early).toArray()),
                    quantiles(best.stream().mapToDouble(Best::late).toArray()),
                    best.stream().filter(b -> b.ever() >= GOOD).count(),
                    seeds);
        }
    }

    private static String quantiles(double[] values) {
        Arrays.sort(values);
        double median = (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
        return "%.3f (%.3f)".formatted(median, values[values.length / 10]);
    }

    private static Best best(Population end) {
        return new Best(after(end, EARLY), after(end, BUDGET), ever(end));
    }

    /// The better of the members' last readings by a step: a copy of weights that have trained longer may end earlier.
    private static double after(Population end, int step) {
        return end.members().stream()
                .mapToDouble(m ->
                        q(end, pairs(m).filter(p -> p.step() <= step).toList().getLast()))
                .max()
                .orElseThrow();
    }

    private static double ever(Population end) {
        return end.members().stream()
                .flatMap(FigureTwo::pairs)
                .filter(p -> p.step() <= BUDGET)
                .mapToDouble(p -> q(end, p))
                .max()
                .orElseThrow();
    }

    private static Stream<Pair> pairs(Member member) {
        return member.segments().stream().map(Segment::pair).flatMap(Optional::stream);
    }

    private static double q(Population end, Pair pair) {
        return end.specification().metric().score(pair.evaluation());
    }
}
