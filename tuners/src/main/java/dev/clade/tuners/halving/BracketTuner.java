package dev.clade.tuners.halving;

import dev.clade.population.Because;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Awaited;
import dev.clade.population.Decision.Stop;
import dev.clade.population.Group;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.tune.Tuner;
import dev.clade.tuners.Configurations;

/// Successive halving in one or more brackets. At each rung it is waited until all have come there; then
/// the best go on, in the order of their scores where places are few, and the others stop.
///
/// A wait that ends because all wait is decided with the scores that there are.
record BracketTuner(String word, int revision, Brackets brackets) implements Tuner {

    @Override
    public boolean serial() {
        return true;
    }

    @Override
    public Group group(MemberId who) {
        return new Group("bracket " + (brackets.of(who.index()) + 1), true);
    }

    /// All that have a place, up to the end of the last bracket.
    @Override
    public int members(Population seen) {
        long free = seen.specification().population()
                - Places.taken(seen, brackets.all().getFirst().rungs());
        return (int) Math.min(brackets.size(), seen.size() + Math.max(0, free));
    }

    @Override
    public Decision decide(Population seen, MemberId who, Randomness random) {
        var member = seen.member(who);
        if (Configurations.lost(seen, member)) {
            return Configurations.over(member);
        }
        int number = brackets.of(who.index());
        var race = Race.of(seen, brackets, number);
        var rungs = race.bracket().rungs();
        int rung = rungs.reached(member.step());
        if (member.decided() == 0) {
            int free = Configurations.places(seen);
            return free > 0 ? Places.begun(seen, who, rungs, random) : Places.queued(0, free, 0, Because.of("place"));
        }
        if (rung < 0 || member.step() > rungs.at(rung)) {
            long until = rungs.at(Math.min(rung + 1, rungs.halvings()));
            return Configurations.on(member, until, -(rung + 1), Because.of("continued"));
        }
        return rung == rungs.halvings()
                ? new Stop(Because.of("end").and("steps", member.step()))
                : compared(race, member, rung);
    }

    private Decision compared(Race race, Member member, int rung) {
        boolean stalled = Configurations.stalled(race.seen(), member);
        int missing = race.missing(rung);
        var because = Because.of("rung").and("rung", rung + 1).and("missing", missing);
        if (missing > 0 && !stalled) {
            return Places.wait(new Awaited.In(member.group().name()), missing, rung, because);
        }
        var best = race.entrants(rung + 1);
        int rank = Race.rank(best, member.id());
        var compared = because.and("kept", best.size()).and("rank", rank < 0 ? "below" : rank + 1);
        if (rank < 0) {
            return new Stop(compared);
        }
        int free = Configurations.places(race.seen());
        int ahead = Race.ahead(best.subList(0, rank), member);
        return ahead < free || stalled
                ? Configurations.on(member, race.bracket().rungs().at(rung + 1), -(rung + 1), compared)
                : Places.queued(ahead, free, rung, compared);
    }
}
