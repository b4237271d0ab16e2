package dev.clade.tuners.bayesian;

import dev.clade.population.Because;
import dev.clade.population.Metric;
import dev.clade.random.Randomness;
import dev.clade.tuners.gp.Encoding;
import dev.clade.tuners.gp.Normal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The configuration to train next, and what is believed of it.
///
/// @param believed on the scale of the surrogate
record Proposal(Point point, Normal believed, Surrogate surrogate, Rows rows) {

    /// How many of the best configurations are looked around.
    private static final int KNOWN = 5;

    /// A function is drawn at so many points for Thompson's choice; it costs the cube of them.
    private static final int DRAWN_ANYWHERE = 200;

    private static final int DRAWN_NEAR = 100;

    /// @param rows of which one has a finite score
    static Proposal of(Rows rows, Encoding cube, Acquisition acquisition, Randomness random) {
        var surrogate = Surrogate.of(rows, cube, random.of("fit"));
        var search = new Search(cube, random.of("search"));
        var known = known(rows);
        var point = acquisition == Acquisition.THOMPSON
                ? drawn(surrogate, search.scattered(DRAWN_ANYWHERE, DRAWN_NEAR, known), random)
                : search.best(p -> acquisition.of(surrogate.at(p), surrogate.best()), known);
        return new Proposal(point, surrogate.at(point.coordinates()), surrogate, rows);
    }

    private static List<Point> known(Rows rows) {
        return rows.measured().stream()
                .sorted(Comparator.comparingDouble(Rows.Row::score).reversed())
                .limit(KNOWN)
                .map(Rows.Row::at)
                .toList();
    }

    private static Point drawn(Surrogate surrogate, List<Point> points, Randomness random) {
        double[] values = surrogate
                .process()
                .at(points.stream().map(Point::coordinates).toArray(double[][]::new))
                .draw(random.of("function"));
        return points.get(IntStream.range(0, values.length)
                .boxed()
                .max(Comparator.comparingDouble(i -> values[i]))
                .orElseThrow());
    }

    /// What was believed, in the metric's own unit: its mean and standard deviation, and the improvement
    /// over the best that is believed of any other.
    Because because(Metric metric) {
        var scale = surrogate.scale();
        double improvement = StrictMath.exp(Acquisition.EI.of(believed, surrogate.best())) * scale.deviation();
        return Because.of(BayesianOptimisation.WORD)
                .and("predicted", metric.oriented(scale.back(believed.mean())))
                .and("deviation", believed.deviation() * scale.deviation())
                .and("improvement", improvement)
                .and("best", metric.oriented(scale.back(surrogate.best())))
                .and("rows", rows.measured().size())
                .and("pending", rows.pending().size());
    }
}
