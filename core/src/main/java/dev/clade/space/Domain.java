package dev.clade.space;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The set that a value lives in, with the prior it is drawn from and the geometry it moves in. Every operation
/// returns a value inside the domain and of its type: walls reflect.
public sealed interface Domain {

    /// How a range of numbers is measured: by difference, by ratio, or by the ratio of `1 - x` (for momenta and
    /// discounts, `of: 1-x` in files).
    enum Scale {
        LINEAR,
        LOG,
        LOG_OF_COMPLEMENT
    }

    /// The share of a linear range that one perturbation moves through. Ours: the paper's factor on a linear range
    /// depends on where zero lies.
    double WIDTH_SHARE = 0.1;

    /// The value at a quantile of the prior, `0 <= quantile <= 1`.
    Value at(double quantile);

    /// The quantile of the prior at which a value of this domain lies, in `[0, 1]`: of those that [#at] takes to
    /// it, the middle one. A number outside lies at the nearest bound, what is no option at the median.
    double quantile(Value value);

    boolean contains(Value value);

    /// The value of this domain that is nearest, where there is such a thing.
    Optional<Value> nearest(Value value);

    /// One step of `explore: {perturb: [down, up]}`: on ratio scales `value * factor`, on a linear range a tenth of
    /// its width up (factor above 1) or down, on ordered choices one neighbour, on unordered ones nothing.
    Value perturbed(Value value, double factor);

    /// The value moved by additive noise (to the logarithm on ratio scales); ordered choices move to a neighbour in
    /// its direction, unordered ones stay.
    Value shifted(Value value, double noise);

    default Value draw(RandomGenerator random) {
        return at(random.nextDouble());
    }

    /// Real numbers in `[low, high]`.
    record Real(double low, double high, Scale scale) implements Domain {

        public Real {
            Ranges.check(low, high, scale);
        }

        @Override
        public Value at(double quantile) {
            return new Value.Real(inside(Ranges.back(
                    scale, Ranges.on(scale, low) + quantile * (Ranges.on(scale, high) - Ranges.on(scale, low)))));
        }

        @Override
        public double quantile(Value value) {
            return Ranges.share(Ranges.on(scale, value.number()), Ranges.on(scale, low), Ranges.on(scale, high));
        }

        @Override
        public boolean contains(Value value) {
            return value instanceof Value.Real real && low <= real.value() && real.value() <= high;
        }

        @Override
        public Optional<Value> nearest(Value value) {
            return value instanceof Value.Real real
                    ? Optional.of(new Value.Real(inside(real.value())))
                    : Optional.empty();
        }

        @Override
        public Value perturbed(Value value, double factor) {
            double x = value.number();
            return new Value.Real(
                    switch (scale) {
                        case LINEAR -> reflected(x + (factor >= 1 ? 1 : -1) * WIDTH_SHARE * (high - low));
                        case LOG -> reflected(x * factor);
                        case LOG_OF_COMPLEMENT -> reflected(1 - (1 - x) * factor);
                    });
        }

        /// The paper's move on a linear range (`perturb: multiply` on the parameter): `value * factor`.
        /// It cannot leave 0.
        public Value multiplied(Value value, double factor) {
            return new Value.Real(reflected(value.number() * factor));
        }

        @Override
        public Value shifted(Value value, double noise) {
            if (scale == Scale.LINEAR) {
                return new Value.Real(reflected(value.number() + noise));
            }
            double coordinate = Ranges.on(scale, value.number()) + noise;
            double moved = Ranges.back(scale, coordinate);
            return new Value.Real(
                    Double.isFinite(moved)
                            ? reflected(moved)
                            : inside(Ranges.back(
                                    scale, Ranges.fold(coordinate, Ranges.on(scale, low), Ranges.on(scale, high)))));
        }

        private double reflected(double x) {
            return low <= x && x <= high ? x : inside(Ranges.reflect(scale, x, low, high));
        }

        private double inside(double x) {
            return Math.min(high, Math.max(low, x));
        }

        /// As a file would have it.
        @Override
        public String toString() {
            return (scale == Scale.LINEAR ? "uniform [" : "loguniform [") + low + ", " + high + "]"
                    + (scale == Scale.LOG_OF_COMPLEMENT ? " of 1-x" : "");
        }
    }

    /// Whole numbers in `[low, high]`; the scale is never the complement's.
    record Whole(long low, long high, Scale scale) implements Domain {

        public Whole {
            Ranges.check(low, high, scale);
            if (scale == Scale.LOG_OF_COMPLEMENT) {
                throw new IllegalArgumentException("whole numbers have no complement");
            }
        }

        @Override
        public Value at(double quantile) {
            if (scale == Scale.LINEAR) {
                return new Value.Whole(Math.min(high, low + (long) (quantile * (high - low + 1.0))));
            }
            double from = StrictMath.log(low - 0.5);
            double to = StrictMath.log(high + 0.5);
            return new Value.Whole(inside(Math.round(StrictMath.exp(from + quantile * (to - from)))));
        }

        @Override
        public double quantile(Value value) {
            double x = value.number();
            return scale == Scale.LINEAR
                    ? Ranges.share(x, low - 0.5, high + 0.5)
                    : Ranges.share(StrictMath.log(x), StrictMath.log(low - 0.5), StrictMath.log(high + 0.5));
        }

        @Override
        public boolean contains(Value value) {
            return value instanceof Value.Whole whole && low <= whole.value() && whole.value() <= high;
        }

        @Override
        public Optional<Value> nearest(Value value) {
            return value instanceof Value.Whole whole
                    ? Optional.of(new Value.Whole(inside(whole.value())))
                    : Optional.empty();
        }

        /// The factor, rounded away from the old value, so that it moves by at least 1.
        @Override
        public Value perturbed(Value value, double factor) {
            double x = value.number();
            return new Value.Whole(reflected(away(x, x * factor, factor >= 1)));
        }

        @Override
        public Value shifted(Value value, double noise) {
            double x = value.number();
            double moved = scale == Scale.LINEAR ? x + noise : StrictMath.exp(StrictMath.log(x) + noise);
            return new Value.Whole(reflected(away(x, moved, noise >= 0)));
        }

        private static double away(double old, double moved, boolean up) {
            return up ? Math.max(old + 1, Math.ceil(moved)) : Math.min(old - 1, Math.floor(moved));
        }

        private long reflected(double x) {
            return low <= x && x <= high ? (long) x : inside((long) Ranges.fold(x, low, high));
        }

        private long inside(long x) {
            return Math.min(high, Math.max(low, x));
        }

        @Override
        public String toString() {
            return (scale == Scale.LINEAR ? "int [" : "logint [") + low + ", " + high + "]";
        }
    }

    /// One of several options, equally likely at first. Ordered options have neighbours.
    record Choice(List<Value> options, boolean ordered) implements Domain {

        public Choice {
            options = List.copyOf(options);
            if (options.isEmpty() || options.stream().distinct().count() < options.size()) {
                throw new IllegalArgumentException("options must be several and different, found " + options);
            }
        }

        @Override
        public Value at(double quantile) {
            return options.get(Math.min(options.size() - 1, (int) (quantile * options.size())));
        }

        @Override
        public double quantile(Value value) {
            return contains(value) ? (options.indexOf(value) + 0.5) / options.size() : 0.5;
        }

        @Override
        public boolean contains(Value value) {
            return options.contains(value);
        }

        @Override
        public Optional<Value> nearest(Value value) {
            return contains(value) ? Optional.of(value) : Optional.empty();
        }

        @Override
        public Value perturbed(Value value, double factor) {
            return ordered ? neighbour(value, factor >= 1) : value;
        }

        @Override
        public Value shifted(Value value, double noise) {
            return ordered ? neighbour(value, noise >= 0) : value;
        }

        private Value neighbour(Value value, boolean up) {
            int place = options.indexOf(value) + (up ? 1 : -1);
            int last = options.size() - 1;
            return options.get(last == 0 ? 0 : place < 0 ? 1 : place > last ? last - 1 : place);
        }

        @Override
        public String toString() {
            return (ordered ? "ordered " : "choice ") + options;
        }
    }
}
