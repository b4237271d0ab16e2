package dev.clade.tuners.pb2;

import dev.clade.pbt.PbtReader;
import dev.clade.pbt.Ready;
import dev.clade.population.Specification;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.util.Set;

/// `tuner: pb2-mix`: PB2 in which a bandit chooses each category without an order. Its setting `rounds` is how many
/// segments a member has; where it is not given, the budget's steps by the interval of `ready`.
public final class Pb2MixReader implements Tuners {

    private static final int REVISION = 1;

    @Override
    public String word() {
        return "pb2-mix";
    }

    @Override
    public Set<String> parts() {
        return Composition.PARTS;
    }

    @Override
    public Tuner read(Specification specification) {
        var fields = settings(specification);
        var composition = Composition.read(fields);
        int rounds = fields.find("rounds").map(r -> r.asCount(1)).orElseGet(() -> rounds(specification));
        fields.end();
        return composition.tuner(word(), REVISION, specification, new Bandits(rounds));
    }

    private static int rounds(Specification specification) {
        return PbtReader.ready(specification) instanceof Ready.Steps steps
                ? specification
                        .budget()
                        .steps()
                        .map(all -> (int) Math.min(Integer.MAX_VALUE, Math.max(1, all / steps.every())))
                        .orElse(PbtReader.DEFAULT_READY_POINTS)
                : PbtReader.DEFAULT_READY_POINTS;
    }
}
