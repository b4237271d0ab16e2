package dev.clade.tuners.iterated;

import dev.clade.population.Pair;
import dev.clade.population.Segment;
import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.tuners.gp.Encoding;
import dev.clade.tuners.gp.GaussianProcess;
import dev.clade.tuners.gp.Kernel;
import dev.clade.tuners.gp.Prior;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// Hyperparameters to begin an iteration with: those of which a model of earlier beginnings expects most (IPBT, section
/// 3.3). Each beginning is worth the best score that any of its descendants had in its iteration. Within an iteration,
/// worths are standardised: later ones are all better. A Gaussian process over the hyperparameters and the iteration,
///
/// ```
/// k = variance * Matern-5/2(h, h') * exp(-rate |i - i'|)
/// ```
///
/// with its most probable parameters, is asked for the highest `mean + deviation` at the iteration that begins, among
/// random points and neighbours of the best beginnings.
///
/// Simpler than the authors' model: theirs is of gains over the score at the beginning, which is not measured here, and
/// searches a trust region.
record Proposal(Course course) {

    /// The newest beginnings count, as many as in the authors' program.
    private static final int MOST = 100;

    private static final int RANDOM = 100;
    private static final int NEIGHBOURS = 100;
    private static final double NEAR = 0.1;

    private static final double LENGTH = 0.3;
    private static final double NOISE = 0.1;
    private static final double FADES = 0.2;
    private static final double WEAK = 4;

    /// The first segment of a member in an iteration.
    private record Beginning(int iteration, Hyperparameters values, double worth) {}

    Hyperparameters values(Randomness random) {
        var beginnings = beginnings();
        var space = course.seen().specification().space();
        if (beginnings.isEmpty()) {
            return space.draw(random);
        }
        var encoding = Encoding.of(space);
        int now = course.restarts().size();
        var model = model(encoding, beginnings, random);
        var best = candidates(encoding, beginnings, random).stream()
                .max(Comparator.comparingDouble(point -> {
                    var there = model.at(at(encoding.snapped(point), now));
                    return there.mean() + there.deviation();
                }))
                .orElseThrow();
        return encoding.values(best);
    }

    private static double[] at(double[] point, int iteration) {
        double[] more = java.util.Arrays.copyOf(point, point.length + 1);
        more[point.length] = iteration;
        return more;
    }

    private GaussianProcess model(Encoding encoding, List<Beginning> beginnings, Randomness random) {
        double[][] points = new double[beginnings.size()][];
        double[] worths = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = at(
                    encoding.point(beginnings.get(i).values()),
                    beginnings.get(i).iteration());
            worths[i] = beginnings.get(i).worth();
        }
        var distances = encoding.distances();
        double[] lengths = new double[distances.size()];
        java.util.Arrays.fill(lengths, LENGTH);
        var kernel =
                Kernel.constant(1).times(Kernel.matern(distances, lengths)).times(Kernel.decay(encoding.size(), FADES));
        var priors = new ArrayList<Prior>();
        for (double log : kernel.logs()) {
            priors.add(new Prior(log, StrictMath.log(WEAK)));
        }
        priors.add(Prior.around(NOISE, WEAK));
        return GaussianProcess.learned(kernel, NOISE, points, worths, priors, 0, random.of("proposal model"));
    }

    private static List<double[]> candidates(Encoding encoding, List<Beginning> beginnings, Randomness random) {
        var draws = random.of("proposal");
        var best = beginnings.stream()
                .sorted(Comparator.comparingDouble(b -> -b.worth()))
                .limit(Math.max(1, beginnings.size() / 4))
                .map(b -> encoding.point(b.values()))
                .toList();
        var candidates = new ArrayList<double[]>();
        for (int i = 0; i < RANDOM + NEIGHBOURS; i++) {
            double[] near = best.get(draws.nextInt(best.size()));
            double[] point = new double[encoding.size()];
            for (int j = 0; j < point.length; j++) {
                double moved = i < RANDOM ? draws.nextDouble() : near[j] + NEAR * draws.nextGaussian();
                point[j] = Math.min(1, Math.max(0, moved));
            }
            candidates.add(point);
        }
        return candidates;
    }

    // ---- beginnings and their descendants

    /// The clocks at which iterations began, the one that begins now last.
    private List<Long> iterations() {
        var began = new ArrayList<Long>(course.restarts());
        began.addFirst(0L);
        return began;
    }

    /// All of the iterations before, the newest ones, standardised.
    private List<Beginning> beginnings() {
        var all = new ArrayList<Beginning>();
        var began = iterations();
        for (int i = 0; i + 1 < began.size(); i++) {
            all.addAll(standardised(beginnings(i, began.get(i), began.get(i + 1))));
        }
        return all.subList(Math.max(0, all.size() - MOST), all.size());
    }

    private List<Beginning> beginnings(int iteration, long from, long to) {
        var source = new TreeMap<Pair.Root, Segment>(
                Comparator.comparing(Pair.Root::member).thenComparingInt(Pair.Root::segment));
        var worth = new TreeMap<Pair.Root, Double>(
                Comparator.comparing(Pair.Root::member).thenComparingInt(Pair.Root::segment));
        for (var segment : within(from, to)) {
            var pair = segment.pair().orElseThrow();
            var begun = Course.start(segment) == from
                    ? segment
                    : segment.source().from().map(p -> source.get(p.root())).orElse(null);
            if (begun != null) {
                source.put(pair.root(), begun);
                worth.merge(new Pair.Root(begun.member(), begun.index()), course.score(pair), Math::max);
            }
        }
        return worth.entrySet().stream()
                .filter(e -> Double.isFinite(e.getValue()))
                .map(e -> new Beginning(
                        iteration,
                        course.seen()
                                .member(e.getKey().member())
                                .segment(e.getKey().segment())
                                .values(),
                        e.getValue()))
                .toList();
    }

    /// The finished segments of an iteration, parents before children.
    private List<Segment> within(long from, long to) {
        return course.seen().members().stream()
                .filter(m -> m.ranked() && !course.seen().specification().control(m.id()))
                .flatMap(m -> m.segments().stream())
                .filter(s -> s.pair().isPresent() && Course.start(s) >= from && Course.start(s) < to)
                .sorted(Comparator.comparingLong(Course::start)
                        .thenComparing(Segment::member)
                        .thenComparingInt(Segment::index))
                .toList();
    }

    private static List<Beginning> standardised(List<Beginning> beginnings) {
        double mean =
                beginnings.stream().mapToDouble(Beginning::worth).average().orElse(0);
        double variance = beginnings.stream()
                .mapToDouble(b -> (b.worth() - mean) * (b.worth() - mean))
                .average()
                .orElse(0);
        double deviation = variance > 0 ? Math.sqrt(variance) : 1;
        return beginnings.stream()
                .map(b -> new Beginning(b.iteration(), b.values(), (b.worth() - mean) / deviation))
                .toList();
    }
}
