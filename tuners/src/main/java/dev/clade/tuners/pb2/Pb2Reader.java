package dev.clade.tuners.pb2;

import dev.clade.population.Specification;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.util.Set;

/// `tuner: pb2`: PBT with truncation selection of a quarter whose [Pb2] explores. Categories without an order stay as
/// they are inherited.
public final class Pb2Reader implements Tuners {

    private static final int REVISION = 1;

    @Override
    public String word() {
        return "pb2";
    }

    @Override
    public Set<String> parts() {
        return Composition.PARTS;
    }

    @Override
    public Tuner read(Specification specification) {
        var fields = settings(specification);
        var composition = Composition.read(fields);
        fields.end();
        return composition.tuner(word(), REVISION, specification, new Kept());
    }
}
