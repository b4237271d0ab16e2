package dev.clade.tuners.bayesian;

import dev.clade.tuners.gp.Encoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/// Looks for the point of a cube that is worth most: scatters points over all of it and near good ones, and
/// climbs from the best of them by random steps that grow when they succeed and shrink when they fail. No
/// gradient, because whole numbers and names have none.
final class Search {

    private static final int SCATTERED = 500;
    private static final int NEAR = 200;
    private static final int STARTS = 5;

    /// Steps of one climb, for each coordinate and at most. Sixty bring a coordinate to within 1e-3 of a
    /// maximum.
    private static final int STEPS = 60;

    private static final int MOST_STEPS = 400;
    private static final double FIRST_WIDTH = 0.1;
    private static final double LEAST_WIDTH = 1e-5;
    private static final double GROWTH = 1.5;
    private static final double DECAY = 0.92;

    /// How often a step tries another name, or a neighbour of a number that a step of its width would not
    /// leave.
    private static final double HOPS = 0.3;

    /// Up to this many coordinates move all at once, of more each second one.
    private static final int TOGETHER = 3;

    private final Encoding cube;
    private final RandomGenerator random;

    Search(Encoding cube, RandomGenerator random) {
        this.cube = cube;
        this.random = random;
    }

    private record Found(Point at, double worth) {}

    /// The best point that it finds.
    ///
    /// @param known good points, near which it looks too
    Point best(ToDoubleFunction<double[]> worth, List<Point> known) {
        var found = scattered(SCATTERED, NEAR, known).stream()
                .map(p -> new Found(p, worth.applyAsDouble(p.coordinates())))
                .sorted(Comparator.comparingDouble(Found::worth).reversed())
                .toList();
        var best = found.getFirst();
        for (var start : found.subList(0, STARTS)) {
            var top = climbed(start, worth);
            best = top.worth() > best.worth() ? top : best;
        }
        return best.at();
    }

    /// Points from all over the cube, and points near good ones.
    List<Point> scattered(int anywhere, int near, List<Point> known) {
        var points = new ArrayList<Point>();
        for (int i = 0; i < anywhere; i++) {
            points.add(new Point(cube.snapped(random.doubles(cube.size()).toArray())));
        }
        for (int i = 0; i < near && !known.isEmpty(); i++) {
            double width = StrictMath.exp(-1 - 5 * random.nextDouble());
            points.add(near(known.get(i % known.size()), width));
        }
        return points;
    }

    private Found climbed(Found from, ToDoubleFunction<double[]> worth) {
        var at = from;
        double width = FIRST_WIDTH;
        int steps = Math.min(MOST_STEPS, STEPS * cube.size());
        for (int i = 0; i < steps && width > LEAST_WIDTH; i++) {
            var next = near(at.at(), width);
            double value = worth.applyAsDouble(next.coordinates());
            boolean up = value > at.worth();
            at = up ? new Found(next, value) : at;
            width = up ? Math.min(0.5, width * GROWTH) : width * DECAY;
        }
        return at;
    }

    /// A step in some of the coordinates, one of them for sure.
    private Point near(Point from, double width) {
        double[] moved = from.coordinates().clone();
        int sure = random.nextInt(moved.length);
        for (int i = 0; i < moved.length; i++) {
            if (i == sure || moved.length <= TOGETHER || random.nextBoolean()) {
                moved[i] = moved(cube.coordinates().get(i), moved[i], width);
            }
        }
        return new Point(cube.snapped(moved));
    }

    private double moved(Encoding.Coordinate coordinate, double from, double width) {
        if (coordinate.named()) {
            return random.nextDouble() < HOPS ? random.nextDouble() : from;
        }
        double step = width * random.nextGaussian();
        if (coordinate.count().isPresent()) {
            double apart = 1.0 / coordinate.count().getAsLong();
            step = Math.abs(step) >= apart ? step : random.nextDouble() < HOPS ? Math.signum(step) * apart : 0;
        }
        return reflected(from + step);
    }

    private static double reflected(double at) {
        return Math.min(1, Math.max(0, at < 0 ? -at : at > 1 ? 2 - at : at));
    }
}
