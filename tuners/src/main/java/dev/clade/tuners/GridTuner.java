package dev.clade.tuners;

import dev.clade.pbt.PopulationBasedTraining;
import dev.clade.population.Because;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Entry;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.tune.Tuner;

/// Random search whose members begin at the points of a grid.
///
/// @param search what goes on with them, and begins controls
record GridTuner(PopulationBasedTraining search, Grid grid) implements Tuner {

    private static final int REVISION = 1;

    @Override
    public String word() {
        return "grid";
    }

    @Override
    public int revision() {
        return REVISION;
    }

    @Override
    public Decision decide(Population seen, MemberId who, Randomness random) {
        var member = seen.member(who);
        if (seen.specification().control(who)) {
            return search.decide(seen, who, random);
        }
        if (Configurations.lost(seen, member)) {
            return Configurations.over(member);
        }
        return member.decided() == 0 ? begin(seen, who) : search.decide(seen, who, random);
    }

    private Decision begin(Population seen, MemberId who) {
        int points = grid.points().size();
        var ready = search.ready();
        return new Train(
                new Weights.Fresh(),
                grid.of(who.index()),
                ready.next(who, seen),
                ready.explained(Because.of("grid").and("point", (who.index() % points + 1) + " of " + points)));
    }

    @Override
    public Tuner learn(Entry entry, Population after) {
        return new GridTuner((PopulationBasedTraining) search.learn(entry, after), grid);
    }

    @Override
    public boolean learns() {
        return search.learns();
    }
}
