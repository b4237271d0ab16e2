package dev.clade.tuners.frequencies;

import dev.clade.pbt.Explore;
import dev.clade.population.Specification;
import dev.clade.tune.Tuner;

/// MF-PBT with another way to explore, for tests.
public final class Published {

    private Published() {}

    public static Tuner with(Specification specification, Explore explore) {
        var tuner = (FrequencyTuner) new MultipleFrequencies().read(specification);
        return new FrequencyTuner(tuner.frequencies(), tuner.ready(), explore);
    }
}
