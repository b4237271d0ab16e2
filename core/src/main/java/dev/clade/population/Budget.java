package dev.clade.population;

import java.time.Duration;
import java.util.Optional;

/// When an experiment is over: whichever comes first.
///
/// @param steps caps each member's own steps and its lineage's
/// @param time active time, summed over resumes
/// @param totalSteps steps of all members together
/// @param target a raw value of the metric that a fresh evaluation must confirm
public record Budget(
        Optional<Long> steps, Optional<Duration> time, Optional<Long> totalSteps, Optional<Double> target) {

    /// Whether something that ends under another budget may go on under this one.
    boolean allowsMoreThan(Budget other) {
        return more(steps, other.steps)
                || more(time, other.time)
                || more(totalSteps, other.totalSteps)
                || !target.equals(other.target);
    }

    private static <T extends Comparable<T>> boolean more(Optional<T> now, Optional<T> before) {
        return before.isPresent() && (now.isEmpty() || now.get().compareTo(before.get()) > 0);
    }

    @Override
    public String toString() {
        var parts = new java.util.ArrayList<String>();
        steps.ifPresent(s -> parts.add(s + " steps"));
        time.ifPresent(t -> parts.add(t.toSeconds() + " s"));
        totalSteps.ifPresent(s -> parts.add(s + " steps in all"));
        target.ifPresent(t -> parts.add("target " + t));
        return String.join(" or ", parts);
    }
}
