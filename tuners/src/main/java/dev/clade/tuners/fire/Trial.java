package dev.clade.tuners.fire;

import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Parameter.Change;
import java.util.Optional;

/// What an evaluator is at: a parent's weights under a child's hyperparameters.
///
/// @param parent the pair that it began with
record Trial(Member evaluator, Stretch stretch, Pair parent) {

    /// Below this, a lead is no chance.
    static final double LEVEL = 0.01;

    /// How a trial stands.
    enum Verdict {
        /// It may still succeed.
        GOES_ON,
        /// The child may have its weights.
        SUCCEEDS,
        TOO_FAR_BELOW,
        NO_BETTER,
        PARENT_REPLACED,
        CHILD_REPLACED,
        /// The child has its weights.
        TAKEN;

        boolean over() {
            return this != GOES_ON && this != SUCCEEDS;
        }
    }

    static Optional<Trial> of(Member evaluator) {
        return Stretch.of(evaluator).flatMap(s -> s.donor().map(parent -> new Trial(evaluator, s, parent)));
    }

    Hyperparameters values() {
        return stretch.first().values();
    }

    /// Whether a member has the hyperparameters that are tried. Structure goes with weights, not with them.
    boolean tries(Population seen, Member child) {
        return child.segment().isPresent()
                && seen.specification().space().parameters().stream()
                        .filter(p -> p.change() != Change.NEVER)
                        .map(Parameter::name)
                        .allMatch(name -> values().find(name)
                                .equals(child.segment().get().values().find(name)));
    }

    /// Whether the parent still has what was taken from it.
    boolean parentStays(Population seen) {
        return Stretch.of(seen.member(parent.member()))
                .filter(s -> s.first().index() <= parent.segment())
                .isPresent();
    }

    /// Whether a child has taken these weights.
    boolean taken(Stretch child) {
        MemberId id = evaluator.id();
        return child.donor()
                .filter(d ->
                        d.member().equals(id) && d.segment() >= stretch.first().index())
                .isPresent();
    }

    /// The rules of the paper, with T the steps of the trial:
    ///
    /// ```
    /// over:     the curves have no level in common, and T >= t_max
    ///           they have, and binom > 0.01 + max(0, 1 - T / t_max)
    ///           parent or child are replaced
    /// success:  bsd > 0 and binom < 0.01
    /// ```
    ///
    /// @param child who has the hyperparameters that are tried
    /// @param most t_max, in steps
    Verdict verdict(Population seen, Optional<Member> child, double most) {
        if (!parentStays(seen)) {
            return Verdict.PARENT_REPLACED;
        }
        var against = child.flatMap(Stretch::of);
        if (against.isEmpty()) {
            return Verdict.CHILD_REPLACED;
        }
        if (taken(against.get())) {
            return Verdict.TAKEN;
        }
        var own = stretch.curve(seen);
        var other = against.get().curve(seen);
        return own.isEmpty() || other.isEmpty() ? Verdict.GOES_ON : compared(own.get(), other.get(), most);
    }

    private Verdict compared(Curve own, Curve other, double most) {
        double patience = Math.max(0, 1 - stretch.steps() / most);
        double chance = own.chance(other);
        if (chance < LEVEL && own.lead(other) > 0) {
            return Verdict.SUCCEEDS;
        }
        if (own.overlap(other).isEmpty()) {
            return patience == 0 ? Verdict.TOO_FAR_BELOW : Verdict.GOES_ON;
        }
        return chance > LEVEL + patience ? Verdict.NO_BETTER : Verdict.GOES_ON;
    }
}
