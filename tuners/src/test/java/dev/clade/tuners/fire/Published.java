package dev.clade.tuners.fire;

import dev.clade.pbt.Explore;
import dev.clade.population.Specification;
import dev.clade.tune.Tuner;

/// FIRE PBT with another way to explore, for tests.
public final class Published {

    private Published() {}

    public static Tuner with(Specification specification, Explore explore) {
        var tuner = (Fire) new FasterImprovement().read(specification);
        return new Fire(tuner.divisions(), tuner.grid(), tuner.quantile(), tuner.most(), explore);
    }
}
