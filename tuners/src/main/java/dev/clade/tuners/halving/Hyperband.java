package dev.clade.tuners.halving;

import dev.clade.population.Specification;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.util.Set;

/// Hyperband (Li et al., JMLR 2018): brackets of successive halving that differ in how early they compare,
/// so that it need not be known whether early scores predict late ones. `tuner: {hyperband: {eta: 3, rungs:
/// 5}}`; `population * steps` in all, at most `population` configurations at once: while one bracket waits
/// for its last, the next begins.
public final class Hyperband implements Tuners {

    private static final String WORD = "hyperband";

    /// The paper's.
    private static final int DEFAULT_ETA = 3;

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
                rungs -> Brackets.round(rungs).cost());
        return new BracketTuner(WORD, REVISION, Brackets.hyperband(read.rungs(), read.steps()));
    }
}
