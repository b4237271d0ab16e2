package dev.clade.tuners;

import dev.clade.pbt.Exploit;
import dev.clade.pbt.Explore;
import dev.clade.pbt.Inherit;
import dev.clade.pbt.PbtReader;
import dev.clade.pbt.PopulationBasedTraining;
import dev.clade.pbt.Ranking;
import dev.clade.population.Specification;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;

/// Random search: every member keeps the values that it drew and trains to the end of the budget. This is
/// the paper's baseline (section 4): PBT of the same initial draws without exploit and explore. `ready`
/// says how often it is measured.
public final class RandomSearch implements Tuners {

    private static final String WORD = "random";
    private static final int REVISION = 1;

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public Tuner read(Specification specification) {
        settings(specification).end();
        return of(specification);
    }

    /// Random search, measured as often as an experiment says.
    static PopulationBasedTraining of(Specification specification) {
        return new PopulationBasedTraining(
                WORD,
                REVISION,
                PbtReader.ready(specification),
                new Ranking.Latest(),
                new Exploit.None(),
                new Explore.None(),
                Inherit.BOTH);
    }
}
