package dev.clade.study.replay;

import dev.clade.study.statistics.Bootstrap;
import dev.clade.study.statistics.Centre;
import dev.clade.study.statistics.Estimate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/// What a replay has shown. All scores are the higher the better.
///
/// @param winner the score of the population's winner, measured afresh
/// @param changes whether the schedule is more than one constant
/// @param arms what came of each; one that repeats another has its scores
/// @param seed of the intervals
public record Outcome(double winner, boolean changes, Map<Arm, Scores> arms, long seed) {

    /// Whether the schedule alone, from new weights, reaches what the population reached with it. The gain is
    /// what the winner has more than the better of the two constants.
    public enum Verdict {
        /// It beats both constants, as the winner does, and what it falls short of the winner by may be chance.
        CARRIES,
        /// It beats both constants, as the winner does, and falls short of the winner.
        CARRIES_PART,
        /// There is a gain, and the schedule carries less than half of it, both by more than chance.
        DOES_NOT,
        /// A constant does as well as the winner, by more than chance: no gain that a schedule could carry.
        NO_GAIN,
        /// The hyperparameters of the winner never changed.
        NO_SCHEDULE,
        /// The intervals are too wide for any of these.
        TOO_FEW,
        /// An arm has no score.
        UNKNOWN
    }

    public Outcome {
        arms = Collections.unmodifiableMap(new EnumMap<>(arms));
    }

    /// The mean of an arm, and where its true one lies; none for an arm without a score.
    public Optional<Estimate> mean(Arm arm) {
        return estimate(scores(arm).all());
    }

    /// By how much one arm is better than another, seed by seed.
    public Optional<Estimate> better(Arm one, Arm than) {
        return bySeed(one, than, (own, other) -> own - other);
    }

    private Optional<Estimate> bySeed(Arm one, Arm than, DoubleBinaryOperator compare) {
        var others = scores(than).bySeed();
        return estimate(scores(one).bySeed().entrySet().stream()
                .flatMap(
                        e -> Optional.ofNullable(others.get(e.getKey()))
                                .map(other -> compare.applyAsDouble(e.getValue(), other))
                                .stream())
                .toList());
    }

    /// By how much the winner is better than an arm. That the winner is the best of many, and its score better
    /// than that of another like it, is not in the interval.
    public Optional<Estimate> shortfall(Arm arm) {
        return estimate(scores(arm).all().stream().map(s -> winner - s).toList());
    }

    /// The better of the two constants.
    public Arm constant() {
        return value(Arm.INITIAL) > value(Arm.FINAL) ? Arm.INITIAL : Arm.FINAL;
    }

    /// The share of the gain that the schedule carries; none where there is no gain.
    public Optional<Double> share() {
        double gain = winner - value(constant());
        return better(Arm.SCHEDULE, constant()).filter(d -> gain > 0).map(d -> d.value() / gain);
    }

    public Verdict verdict() {
        if (!changes) {
            return Verdict.NO_SCHEDULE;
        }
        if (better(Arm.SCHEDULE, constant()).isEmpty()
                || mean(Arm.FINAL).isEmpty()
                || mean(Arm.INITIAL).isEmpty()) {
            return Verdict.UNKNOWN;
        }
        var gain = shortfall(constant());
        if (gain.flatMap(Estimate::interval).filter(i -> i.high() <= 0).isPresent()) {
            return Verdict.NO_GAIN;
        }
        if (!certain(gain)) {
            return Verdict.TOO_FEW;
        }
        if (beatsBoth()) {
            return certain(shortfall(Arm.SCHEDULE)) ? Verdict.CARRIES_PART : Verdict.CARRIES;
        }
        return certain(shortOfHalf()) ? Verdict.DOES_NOT : Verdict.TOO_FEW;
    }

    /// By how much half of the gain is more than what the schedule carries. The constant that both are counted
    /// from is a mean of few as the schedule is: so each seed has its own half.
    private Optional<Estimate> shortOfHalf() {
        return bySeed(Arm.SCHEDULE, constant(), (schedule, constant) -> (winner + constant) / 2 - schedule);
    }

    private boolean beatsBoth() {
        return certain(better(Arm.SCHEDULE, Arm.FINAL)) && certain(better(Arm.SCHEDULE, Arm.INITIAL));
    }

    /// Whether what is better is so by more than chance.
    private static boolean certain(Optional<Estimate> better) {
        return better.flatMap(Estimate::interval).filter(i -> i.low() > 0).isPresent();
    }

    private double value(Arm arm) {
        return mean(arm).map(Estimate::value).orElse(Double.NEGATIVE_INFINITY);
    }

    private Scores scores(Arm arm) {
        return Optional.ofNullable(arms.get(arm)).orElseGet(() -> Scores.none(0));
    }

    private Optional<Estimate> estimate(List<Double> samples) {
        return samples.isEmpty()
                ? Optional.empty()
                : Optional.of(Estimate.of(samples, Centre.MEAN, new Bootstrap(seed)));
    }
}
