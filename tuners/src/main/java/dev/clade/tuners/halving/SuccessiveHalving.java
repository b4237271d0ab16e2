package dev.clade.tuners.halving;

import dev.clade.population.Specification;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.util.Set;

/// Successive halving (Jamieson and Talwalkar, AISTATS 2016) in one bracket, as large as the budget allows:
/// `population * steps` in all. `tuner: {sha: {eta: 4, rungs: 4}}`; `steps` of the budget are the last
/// rung.
public final class SuccessiveHalving implements Tuners {

    private static final String WORD = "sha";

    /// As in the ASHA paper's experiments.
    private static final int DEFAULT_ETA = 4;

    private static final int REVISION = 1;

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public Set<String> parts() {
        return Set.of();
    }

    @Override
    public Tuner read(Specification specification) {
        var read = Settings.read(
                specification,
                settings(specification),
                WORD,
                DEFAULT_ETA,
                rungs -> Bracket.least(rungs).cost());
        return new BracketTuner(WORD, REVISION, Brackets.one(read.rungs(), read.steps()));
    }
}
