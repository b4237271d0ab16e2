package dev.clade.tuners.halving;

import dev.clade.population.Specification;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.util.Set;

/// The asynchronous successive halving algorithm (Li et al., MLSys 2020, Algorithm 2): a configuration goes
/// on as soon as it is among the best `1 / eta` of those that have come to its rung so far; where nobody
/// can, another is begun. `tuner: {asha: {eta: 4, rungs: 4}}`; `population * steps` in all, at most
/// `population` configurations at once.
public final class Asha implements Tuners {

    static final String WORD = "asha";

    /// The paper's.
    private static final int DEFAULT_ETA = 4;

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public Set<String> parts() {
        return Set.of();
    }

    /// What one bracket of successive halving needs is what it takes to bring one configuration to the end.
    @Override
    public Tuner read(Specification specification) {
        var read = Settings.read(
                specification,
                settings(specification),
                WORD,
                DEFAULT_ETA,
                rungs -> Bracket.least(rungs).cost());
        return new AshaTuner(read.rungs(), read.steps());
    }
}
