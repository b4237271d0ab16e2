package dev.clade.study.simulate;

import dev.clade.population.Metric;
import dev.clade.population.Specification;
import dev.clade.random.Philox;
import dev.clade.random.Randomness;
import dev.clade.space.Domain;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A made-up trainer for any search space: learning curves that are powers of the steps trained, with an optimum that
/// moves while they train, noise, and gains that deceive. After `t` of `T` steps of the weights, with `u_i` the
/// quantile of the i-th of D hyperparameters in its prior and `o_i(t)` the optimum there,
///
/// ```
/// o_i(t) = a_i + moving (b_i - a_i) t / T                      a_i, b_i drawn from [0.15, 0.85] by the landscape's
/// seed
/// f      = exp(-sum_i (u_i - o_i(t))^2 / (2 width^2 sqrt(D)))  how well the values fit now
/// p'     = 100 / T * f * (1 - greed + 2 greed u_1)             progress, from p = 0
/// score  = 1 - (1 + p)^-exponent - 0.3 greed u_1 + noise
/// ```
///
/// Of an unordered choice one option fits (distance 0), the others do not (distance 0.3). `u_1` is a heat, as a
/// learning rate is: less of it shows a gain at once and slows what is to come, so that greed is punished (pbt.md 4.1
/// of the sources: a metric that jumps where the rate is lowered). All constants are ours.
///
/// @param seed which landscape of all those
/// @param moving 0: the optimum stands still; 1: it goes all the way
/// @param greed 0: what helps now helps later; 1: it does not
/// @param noise the standard deviation of one evaluation
/// @param width how far off a value may be, in quantiles
public record Landscape(long seed, double moving, double greed, double noise, double width, double exponent) {

    /// A landscape with a bit of everything.
    public static final Landscape DEFAULT = new Landscape(1, 0.5, 0.25, 0.01, 0.25, 0.5);

    private static final double PROGRESS = 100;
    private static final double HEAT = 0.3;
    private static final double MISFIT = 0.3;
    /// Pieces of the budget in which the optimum stands still.
    private static final int PIECES = 500;

    public Landscape {
        if (!(moving >= 0 && moving <= 1 && greed >= 0 && greed <= 1 && noise >= 0 && width > 0 && exponent > 0)) {
            throw new IllegalArgumentException("no landscape: moving " + moving + ", greed " + greed + ", noise "
                    + noise + ", width " + width + ", exponent " + exponent);
        }
    }

    /// The trainers of an experiment on this landscape.
    ///
    /// @param horizon the steps in which the optimum goes its way
    public Trainer.Factory trainers(Specification specification, long horizon) {
        return place -> new Climber(specification, horizon);
    }

    /// One coordinate: an element of a parameter.
    private record Axis(Parameter parameter, int element, double from, double to, int fit) {}

    private List<Axis> axes(Specification specification) {
        var axes = new ArrayList<Axis>();
        for (var parameter : specification.space().parameters()) {
            for (int i = 0; i < Math.max(1, parameter.size()); i++) {
                var random = Philox.keyed(seed, axes.size(), 0, "landscape/" + parameter.name());
                double from = 0.15 + 0.7 * random.nextDouble();
                double to = 0.15 + 0.7 * random.nextDouble();
                int fit = parameter.domain() instanceof Domain.Choice choice
                        ? random.nextInt(choice.options().size())
                        : 0;
                axes.add(new Axis(parameter, i, from, to, fit));
            }
        }
        return List.copyOf(axes);
    }

    private final class Climber implements Trainer {

        private final Specification specification;
        private final long horizon;
        private final List<Axis> axes;
        private Hyperparameters values = Hyperparameters.NONE;
        private double progress;
        private double trained;

        Climber(Specification specification, long horizon) {
            this.specification = specification;
            this.horizon = horizon;
            this.axes = axes(specification);
        }

        @Override
        public Hyperparameters begin(Start start) throws IOException {
            switch (start.origin()) {
                case Origin.Keep keep -> {}
                case Origin.Fresh fresh -> set(0, 0);
                case Origin.Resume resume -> set(Numbers.read(resume.folder(), 2));
                case Origin.Copy copy -> set(Numbers.read(copy.folder(), 2));
                case Origin.Blend blend -> {
                    var saved = Numbers.read(blend.folder(), 2);
                    set(saved[0] * blend.keep(), saved[1]);
                }
                case Origin.Lane lane -> throw new IllegalArgumentException("a landscape has no lanes");
            }
            values = start.values();
            return values;
        }

        private void set(double... state) {
            progress = state[0];
            trained = state[1];
        }

        @Override
        public void train(Stretch stretch) {
            long piece = Math.max(1, horizon / PIECES);
            double heat = heat();
            for (long before = stretch.step(); stretch.advance(piece); before = stretch.step()) {
                long steps = stretch.step() - before;
                progress += PROGRESS * steps / horizon * fit() * (1 - greed + 2 * greed * heat);
                trained += steps;
            }
        }

        private double fit() {
            double along = Math.min(1, trained / horizon) * moving;
            double squares = 0;
            for (var axis : axes) {
                double off = off(axis, along);
                squares += off * off;
            }
            return StrictMath.exp(-squares / (2 * width * width * Math.sqrt(axes.size())));
        }

        /// How far a value is from the optimum; a parameter that is not active is nowhere, and does no harm.
        private double off(Axis axis, double along) {
            var value = values.find(axis.parameter().name()).map(v -> element(v, axis.element()));
            if (value.isEmpty()) {
                return 0;
            }
            var domain = axis.parameter().domain();
            return domain instanceof Domain.Choice choice && !choice.ordered()
                    ? (choice.options().indexOf(value.get()) == axis.fit() ? 0 : MISFIT)
                    : domain.quantile(value.get()) - axis.from() - along * (axis.to() - axis.from());
        }

        private static Value element(Value value, int index) {
            return value instanceof Value.Vector vector ? vector.elements().get(index) : value;
        }

        private double heat() {
            var first = axes.getFirst();
            return values.find(first.parameter().name())
                    .map(v -> first.parameter().domain().quantile(element(v, 0)))
                    .orElse(0.5);
        }

        @Override
        public Evaluation evaluate(long seed) {
            double score = 1 - StrictMath.pow(1 + progress, -exponent) - HEAT * greed * heat();
            var metrics = new TreeMap<String, Reading>();
            for (var metric : specification.objectives()) {
                metrics.put(metric.name(), reading(metric, score, seed));
            }
            specification.report().ifPresent(metric -> metrics.put(metric.name(), reading(metric, score, seed)));
            return new Evaluation(metrics);
        }

        private Reading reading(Metric metric, double score, long seed) {
            double off = noise
                    * Randomness.keyed(seed, 0, 0).of("noise/" + metric.name()).nextGaussian();
            return Reading.of(metric.oriented(score + off));
        }

        @Override
        public void save(java.nio.file.Path folder) throws IOException {
            Numbers.write(folder, progress, trained);
        }
    }
}
