package dev.clade.pbt;

import dev.clade.population.Because;
import dev.clade.population.Entry;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Space;
import dev.clade.space.Value;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// New hyperparameters near those that a member has or inherits. Weights are never touched. Every result
/// is complete and inside the space; parents move first, and each element of each parameter has a stream
/// of its own.
public interface Explore {

    /// @param weights the pair that the segment will begin with: the donor's, or the own; none for fresh weights
    Moved from(Hyperparameters values, Optional<Pair> weights, MemberId who, Population seen, Randomness random);

    /// Where values were moved to.
    ///
    /// @param facts why, for people
    record Moved(Hyperparameters values, SortedMap<String, String> facts) {

        public Moved {
            facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        }

        /// Moved for no reason worth a word.
        public static Moved to(Hyperparameters values) {
            return new Moved(values, new TreeMap<>());
        }

        Because explained(Because because) {
            var more = because;
            for (var fact : facts.entrySet()) {
                more = more.and(fact.getKey(), fact.getValue());
            }
            return more;
        }
    }

    /// Whether it also moves members that copied nobody (`when: always`; IMPALA, arXiv 1802.01561, appendix D).
    default boolean always() {
        return false;
    }

    default Explore learn(Entry entry, Population after) {
        return this;
    }

    /// Whether [#learn] ever changes it.
    default boolean learns() {
        return false;
    }

    default boolean serial() {
        return false;
    }

    /// Each element on its own: with probability `resample` a new draw from its prior, else times `down` or `up` with
    /// equal chance; with probability `1 - chance` nothing.
    ///
    /// @param down below 1
    /// @param up above 1
    record Perturb(double down, double up, double resample, double chance, boolean always) implements Explore {

        /// Symmetric in log space: the paper's 0.8 and 1.2 drift by -2 % a move.
        public static final double DEFAULT_DOWN = 0.8;

        public static final double DEFAULT_UP = 1.25;

        public Perturb {
            if (!(down > 0 && down < 1 && up > 1) || !probability(resample) || !probability(chance)) {
                throw new IllegalArgumentException(
                        "no perturbation: " + down + ", " + up + ", " + resample + ", " + chance);
            }
        }

        @Override
        public Moved from(
                Hyperparameters values, Optional<Pair> weights, MemberId who, Population seen, Randomness random) {
            return moved(seen.specification().space(), values, random, chance, (parameter, element, purpose) -> {
                var move = random.of("move/" + purpose);
                if (move.nextDouble() < resample) {
                    return parameter.domain().draw(random.of("resample/" + purpose));
                }
                return parameter.perturbed(element, move.nextBoolean() ? up : down);
            });
        }
    }

    /// Each element plus normal noise (on its logarithm for ratio scales).
    ///
    /// @param deviation the noise's standard deviation
    record Gaussian(double deviation, double chance, boolean always) implements Explore {

        public Gaussian {
            if (!(deviation > 0 && Double.isFinite(deviation)) || !probability(chance)) {
                throw new IllegalArgumentException("no noise: " + deviation + ", " + chance);
            }
        }

        @Override
        public Moved from(
                Hyperparameters values, Optional<Pair> weights, MemberId who, Population seen, Randomness random) {
            return moved(
                    seen.specification().space(),
                    values,
                    random,
                    chance,
                    (parameter, element, purpose) -> parameter
                            .domain()
                            .shifted(
                                    element,
                                    deviation * random.of("move/" + purpose).nextGaussian()));
        }
    }

    /// A new draw of everything that may change.
    record Resample(double chance, boolean always) implements Explore {
        @Override
        public Moved from(
                Hyperparameters values, Optional<Pair> weights, MemberId who, Population seen, Randomness random) {
            return moved(
                    seen.specification().space(),
                    values,
                    random,
                    chance,
                    (parameter, element, purpose) -> parameter.domain().draw(random.of("resample/" + purpose)));
        }
    }

    /// The values as they are.
    record None() implements Explore {
        @Override
        public Moved from(
                Hyperparameters values, Optional<Pair> weights, MemberId who, Population seen, Randomness random) {
            return Moved.to(values);
        }
    }

    /// A move of one element.
    @FunctionalInterface
    interface Move {
        Value of(Parameter parameter, Value element, String purpose);
    }

    private static boolean probability(double p) {
        return p >= 0 && p <= 1;
    }

    private static Moved moved(Space space, Hyperparameters values, Randomness random, double chance, Move move) {
        return Moved.to(space.moved(
                values,
                (parameter, value) -> Space.eachElement(parameter, value, (element, index) -> {
                    var purpose = Space.purpose("explore", parameter, index);
                    boolean moves =
                            chance >= 1 || random.of("chance/" + purpose).nextDouble() < chance;
                    return moves ? move.of(parameter, element, purpose) : element;
                }),
                random));
    }
}
