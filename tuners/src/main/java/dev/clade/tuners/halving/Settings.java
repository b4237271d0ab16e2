package dev.clade.tuners.halving;

import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.tuners.Configurations;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// What the tuners of this package read: `{eta: 4, rungs: 4}` or `{eta: 4, least: 500}`.
///
/// `rungs` is how many there are, the end of the budget included; `least` the steps that the first has at
/// least. Where neither is given there are as many as the budget of the population can pay for, and at most
/// five.
///
/// @param steps that all configurations may train together
record Settings(Rungs rungs, long steps) {

    /// Ours: with eta 4 the first rung is 1/256 of the budget, as in the ASHA paper's experiments.
    private static final int MOST_HALVINGS = 4;

    /// @param eta where it is not given
    /// @param cost what a tuner needs at the least, in steps, to come to the end once
    static Settings read(Specification specification, Fields fields, String word, int eta, ToLongFunction<Rungs> cost) {
        long all = Configurations.steps(specification, word);
        long budget = specification.budget().steps().orElseThrow();
        int of = fields.find("eta").map(e -> e.asCount(2)).orElse(eta);
        int most = Rungs.most(budget, of, 1);
        var given = halvings(fields, budget, of);
        fields.end();
        if (given.orElse(1) > most || most == 0) {
            throw new Fault(
                    1345,
                    Configurations.place(specification, "tuner") + "a budget of " + budget
                            + " steps is too short for so many rungs.",
                    (given.orElse(1) + 1) + " rungs with eta " + of + ".",
                    "at most " + (most + 1) + " rungs: the first has at least one step.",
                    "lower 'rungs', 'least' or 'eta' of the tuner, or raise the budget.");
        }
        int halvings = given.orElseGet(() -> payable(budget, of, Math.min(MOST_HALVINGS, most), all, cost));
        var rungs = Rungs.of(budget, of, halvings);
        long least = cost.applyAsLong(rungs);
        if (least > all) {
            throw new Fault(
                    1344,
                    Configurations.place(specification, "population") + "a population of " + specification.population()
                            + " is too small for '" + word + "' with eta " + of
                            + " and " + (halvings + 1) + " rungs.",
                    all + " steps in all.",
                    least + " steps in all, to bring one configuration to the end: a population of at least "
                            + (least + budget - 1) / budget + ".",
                    "raise 'population', or lower 'eta' or 'rungs' of the tuner.");
        }
        return new Settings(rungs, all);
    }

    private static Optional<Integer> halvings(Fields fields, long budget, int eta) {
        var rungs = fields.find("rungs");
        var least = fields.find("least");
        if (rungs.isPresent() && least.isPresent()) {
            throw new Fault(
                    1346,
                    least.get().place() + " the rungs are given twice.",
                    "rungs: " + rungs.get() + " and least: " + least.get() + ".",
                    "one of them.",
                    "keep one of them.");
        }
        return rungs.map(r -> r.asCount(2) - 1).or(() -> least.map(l -> most(l, budget, eta)));
    }

    private static int most(Setting least, long budget, int eta) {
        int most = Rungs.most(budget, eta, least.asCount(1));
        if (most == 0) {
            throw least.wrong(least.asText(), "at most 1/" + eta + " of the budget, " + budget / eta + " steps");
        }
        return most;
    }

    /// The most halvings that are paid for, at least one.
    private static int payable(long budget, int eta, int most, long all, ToLongFunction<Rungs> cost) {
        int halvings = most;
        while (halvings > 1 && cost.applyAsLong(Rungs.of(budget, eta, halvings)) > all) {
            halvings--;
        }
        return halvings;
    }
}
