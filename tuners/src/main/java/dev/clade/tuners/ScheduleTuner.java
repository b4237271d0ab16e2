package dev.clade.tuners;

import dev.clade.pbt.PopulationBasedTraining;
import dev.clade.population.Because;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Entry;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.tune.Tuner;

/// Random search whose members' values follow a schedule instead.
///
/// @param search says when members are ready, and begins controls
record ScheduleTuner(PopulationBasedTraining search, Schedule schedule) implements Tuner {

    private static final int REVISION = 1;

    @Override
    public String word() {
        return "schedule";
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
        return Configurations.lost(seen, member) ? Configurations.over(member) : goOn(seen, member);
    }

    /// The step of the schedule is that of the weights, which are the member's own from the beginning.
    private Decision goOn(Population seen, Member member) {
        var ready = search.ready();
        var plan = ready.next(member.id(), seen);
        long from = member.step();
        long to = end(seen, from, plan.until());
        var weights = member.held().isPresent() ? new Weights.Own() : new Weights.Fresh();
        return new Train(
                weights,
                schedule.of(from, to, seen.specification().space()),
                new Plan(new Until.Steps(to), plan.evaluations(), plan.evaluateFirst(), plan.order()),
                ready.explained(Because.of("schedule").and("from", from).and("to", to)));
    }

    private long end(Population seen, long from, Until ready) {
        long end = ready instanceof Until.Steps steps ? steps.step() : Long.MAX_VALUE;
        long next = schedule.after(from).map(Schedule.Point::step).orElse(Long.MAX_VALUE);
        return Math.min(
                Math.min(end, next), seen.specification().budget().steps().orElse(Long.MAX_VALUE));
    }

    @Override
    public Tuner learn(Entry entry, Population after) {
        return new ScheduleTuner((PopulationBasedTraining) search.learn(entry, after), schedule);
    }

    @Override
    public boolean learns() {
        return search.learns();
    }
}
