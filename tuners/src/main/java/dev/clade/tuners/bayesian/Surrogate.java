package dev.clade.tuners.bayesian;

import dev.clade.tuners.gp.Encoding;
import dev.clade.tuners.gp.GaussianProcess;
import dev.clade.tuners.gp.Kernel;
import dev.clade.tuners.gp.Normal;
import dev.clade.tuners.gp.Prior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// What is believed of all configurations from those that were measured: a Gaussian process with a Matern
/// 5/2 kernel that has a length scale for each coordinate, of standardised scores. Those under way are
/// conditioned on as if they had given what is believed of them now, so that nobody is sent where somebody
/// already is.
///
/// @param best the best mean that is believed where something was measured or is under way. Not the best
///     score: that may owe more to noise
record Surrogate(GaussianProcess process, Scale scale, double best) {

    /// The kernel's parameters are those of at most so many rows; all rows are then conditioned on. The
    /// search for them is most of a decision's time, and grows with the cube of the rows.
    private static final int FITTED = 64;

    private static final int RESTARTS = 1;

    /// Length scales have their median at half the diagonal of the cube (as wide as its points are apart;
    /// Hvarfner, Hellsten, Nardi 2024, arXiv 2402.02229), and two thirds of them within a factor e.
    private static final double DIAGONALS = 0.5;

    private static final Prior SIGNAL = Prior.around(1, 3);

    /// In variances of the scores. Wide enough for a metric without noise and for one that is mostly noise.
    private static final Prior NOISE = Prior.around(1e-4, 10);

    private static final double FIRST_NOISE = 1e-3;

    /// @param rows of which one has a finite score
    static Surrogate of(Rows rows, Encoding cube, RandomGenerator random) {
        var scale =
                Scale.of(rows.measured().stream().mapToDouble(Rows.Row::score).toArray());
        var learned = learned(rows.within(FITTED), scale, cube, random);
        var process = GaussianProcess.fit(learned.kernel(), points(rows), values(rows, scale), learned.noise());
        for (var pending : rows.pending()) {
            process = process.believing(pending.coordinates());
        }
        var known = process;
        double best = Stream.concat(rows.measured().stream().map(Rows.Row::at), rows.pending().stream())
                .mapToDouble(p -> known.mean(p.coordinates()))
                .max()
                .orElseThrow();
        return new Surrogate(process, scale, best);
    }

    private static GaussianProcess learned(Rows rows, Scale scale, Encoding cube, RandomGenerator random) {
        double length = DIAGONALS * Math.sqrt(cube.size());
        double[] lengths = new double[cube.size()];
        Arrays.fill(lengths, length);
        var form = Kernel.constant(1).times(Kernel.matern(cube.distances(), lengths));
        var priors = new ArrayList<Prior>();
        priors.add(SIGNAL);
        priors.addAll(Collections.nCopies(cube.size(), Prior.around(length, Math.E)));
        priors.add(NOISE);
        return GaussianProcess.learned(
                form, FIRST_NOISE, points(rows), values(rows, scale), List.copyOf(priors), RESTARTS, random);
    }

    private static double[][] points(Rows rows) {
        return rows.measured().stream().map(r -> r.at().coordinates()).toArray(double[][]::new);
    }

    private static double[] values(Rows rows, Scale scale) {
        return rows.measured().stream().mapToDouble(r -> scale.on(r.score())).toArray();
    }

    Normal at(double[] point) {
        return process.at(point);
    }
}
