package dev.clade.tune;

import dev.clade.population.MemberId;
import dev.clade.population.Specification;
import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import java.util.Map;

/// The hyperparameters that members begin with: given ones first, the rest drawn from the priors.
public final class Initial {

    /// The member number under which the strata are dealt: nobody's.
    private static final int DEALER = -1;

    private Initial() {}

    /// The first values of a member. Controls and `start` members take what is given for them; what that lacks is
    /// drawn.
    public static Hyperparameters values(Specification specification, MemberId who, Randomness random) {
        return values(specification, who, specification.population(), random);
    }

    /// The first values of a member where only the first `count` are drawn from strata, one each: a tuner that goes
    /// on from them wants those to be spread, not all that there will be.
    public static Hyperparameters values(Specification specification, MemberId who, int count, Randomness random) {
        var drawn = drawn(specification, who, count, random);
        var given = given(specification, who);
        if (given.isEmpty()) {
            return drawn;
        }
        var values = new java.util.TreeMap<>(drawn.active());
        values.putAll(given);
        return specification.space().completed(values, random);
    }

    private static Map<String, dev.clade.space.Value> given(Specification specification, MemberId who) {
        int control = who.index() - (specification.population() - specification.controls());
        if (control >= 0 && control < specification.controlValues().size()) {
            return specification.controlValues().get(control);
        }
        return who.index() < specification.starts().size()
                ? specification.starts().get(who.index())
                : Map.of();
    }

    private static Hyperparameters drawn(Specification specification, MemberId who, int count, Randomness random) {
        return specification.stratified() && who.index() < count
                ? specification
                        .space()
                        .draw(who.index(), count, Randomness.keyed(specification.seed(), DEALER, 0), random)
                : specification.space().draw(random);
    }
}
