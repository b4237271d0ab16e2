package dev.clade.run.virtual;

import dev.clade.random.Randomness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What befalls simulated workers. All of it is drawn by key: the same conditions are the same each time.
///
/// @param seed of what is drawn here; the experiment has its own
/// @param slowdowns phases that take longer than they should
/// @param failures the chance that the program throws, of each segment that is trained, from 0 to 1; at a
///     point of the segment that is drawn uniformly
/// @param preemptions workers that are killed in the middle of what they do
public record Conditions(
        long seed, Speeds speeds, Slowdowns slowdowns, double failures, Optional<Preemptions> preemptions) {

    /// Equal slots, and nothing ever goes wrong.
    public static final Conditions IDEAL = new Conditions(0, new Speeds.Equal(), Slowdowns.NONE, 0, Optional.empty());

    public Conditions {
        if (!(failures >= 0 && failures <= 1)) {
            throw new IllegalArgumentException("a chance of failure of " + failures);
        }
    }

    /// The same, drawn anew.
    public Conditions under(long other) {
        return new Conditions(other, speeds, slowdowns, failures, preemptions);
    }

    /// How many times as long as the costs say work takes in a slot.
    public sealed interface Speeds {

        record Equal() implements Speeds {}

        /// Slot `i` takes the `i`-th factor, in turns where slots are more; each above 0.
        record Factors(List<Double> factors) implements Speeds {
            public Factors {
                factors = List.copyOf(factors);
                if (factors.isEmpty() || factors.stream().anyMatch(f -> !(f > 0 && Double.isFinite(f)))) {
                    throw new IllegalArgumentException("no factors of time: " + factors);
                }
            }
        }

        /// Lognormal: `exp(deviation * z)` with `z` standard normal, so that the median slot takes what costs
        /// say.
        record Spread(double deviation) implements Speeds {
            public Spread {
                if (!(deviation >= 0 && Double.isFinite(deviation))) {
                    throw new IllegalArgumentException("no deviation: " + deviation);
                }
            }
        }
    }

    /// @param chance that a phase of a slot is slow, from 0 to 1
    /// @param factor how many times as long it takes then, above 0
    public record Slowdowns(double chance, double factor) {

        public static final Slowdowns NONE = new Slowdowns(0, 1);

        public Slowdowns {
            if (!(chance >= 0 && chance <= 1 && factor > 0 && Double.isFinite(factor))) {
                throw new IllegalArgumentException("no slow-downs: " + chance + ", " + factor);
            }
        }
    }

    /// Each slot is a worker of its own, killed again and again. Times are exponentially distributed.
    ///
    /// @param every the mean time that a worker lives
    /// @param away the mean time until another comes in its place
    /// @param noticed how long after a death the store gives its members to others
    public record Preemptions(Duration every, Duration away, Duration noticed) {
        public Preemptions {
            if (!every.isPositive() || away.isNegative() || noticed.isNegative()) {
                throw new IllegalArgumentException("no pre-emptions: " + every + ", " + away + ", " + noticed);
            }
        }
    }

    // ---- what is drawn

    /// How many times as long as the costs say work takes in a slot.
    double speed(int slot) {
        return switch (speeds) {
            case Speeds.Equal equal -> 1;
            case Speeds.Factors(var factors) -> factors.get(slot % factors.size());
            case Speeds.Spread(var deviation) ->
                StrictMath.exp(deviation * drawn(slot, 0, "speed").nextGaussian());
        };
    }

    /// How many times longer than that a phase takes.
    double slowdown(int slot, int phase) {
        return slowdowns.chance() > 0 && drawn(slot, phase, "slow").nextDouble() < slowdowns.chance()
                ? slowdowns.factor()
                : 1;
    }

    /// The part of a segment after which the program throws; none if it does not.
    Optional<Double> failure(long segmentSeed) {
        if (failures == 0) {
            return Optional.empty();
        }
        var drawn = Randomness.keyed(seed ^ segmentSeed, 0, 0).of("failure");
        return drawn.nextDouble() < failures ? Optional.of(drawn.nextDouble()) : Optional.empty();
    }

    /// How long the `n`-th worker of a slot lives.
    Optional<Duration> life(int slot, int worker) {
        return preemptions.map(p -> exponential(p.every(), drawn(slot, worker, "life")));
    }

    /// How long it takes until the next one comes.
    Duration absence(int slot, int worker) {
        return exponential(preemptions.orElseThrow().away(), drawn(slot, worker, "absence"));
    }

    private RandomGenerator drawn(int slot, int number, String what) {
        return Randomness.keyed(seed, slot, number).of("conditions/" + what);
    }

    private static Duration exponential(Duration mean, RandomGenerator random) {
        return scaled(mean, -StrictMath.log(1 - random.nextDouble()));
    }

    static Duration scaled(Duration time, double factor) {
        return factor == 1 ? time : Duration.ofNanos((long) (time.toNanos() * factor));
    }
}
