package dev.clade.tuners.halving;

import dev.clade.population.Because;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Awaited;
import dev.clade.population.Decision.Stop;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.Segment.Outcome;
import dev.clade.random.Randomness;
import dev.clade.tune.Tuner;
import dev.clade.tuners.Configurations;
import java.util.Optional;

/// Asynchronous successive halving. Of n configurations that have come to a rung the best `floor(n / eta)`
/// may go on. Who may not waits for as many outcomes as it takes at the least: at place q, from 1, there
/// must be `eta q` of them.
///
/// When all wait, less than a first rung is left of the budget: the best of the highest rung gets it, the
/// others stop.
///
/// @param steps that all configurations may train together
record AshaTuner(Rungs rungs, long steps) implements Tuner {

    private static final int REVISION = 1;

    @Override
    public String word() {
        return Asha.WORD;
    }

    @Override
    public int revision() {
        return REVISION;
    }

    @Override
    public boolean serial() {
        return true;
    }

    /// All that have a place, as long as a first rung is left of the budget for each. Failed trainings
    /// count: else it would never end where all fail.
    @Override
    public int members(Population seen) {
        long born = seen.members().stream()
                .filter(m -> m.live() && m.segments().isEmpty())
                .count();
        long left = (steps - Configurations.begun(seen)) / rungs.at(0) - born;
        long free = seen.specification().population() - Places.taken(seen, rungs);
        return seen.size() + (int) Math.max(0, Math.min(free, left));
    }

    @Override
    public Decision decide(Population seen, MemberId who, Randomness random) {
        var member = seen.member(who);
        if (Configurations.lost(seen, member)) {
            return Configurations.over(member);
        }
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
                : compared(seen, member, rung);
    }

    private Decision compared(Population seen, Member member, int rung) {
        double own = score(seen, member, rung).orElse(Double.NEGATIVE_INFINITY);
        int count = 0;
        int better = 0;
        int betterThatWait = 0;
        for (var other : seen.members()) {
            var score = score(seen, other, rung);
            count += score.isPresent() || fell(seen, other, rung) ? 1 : 0;
            if (score.isEmpty()) {
                continue;
            }
            boolean first =
                    score.get() > own || (score.get() == own && other.id().compareTo(member.id()) < 0);
            better += first ? 1 : 0;
            betterThatWait += first && other.live() && rungs.reached(other.step()) == rung ? 1 : 0;
        }
        int promoted = count / rungs.eta();
        var because = Because.of("rung")
                .and("rung", rung + 1)
                .and("place", (better + 1) + " of " + count)
                .and("promoted", promoted);
        if (Configurations.stalled(seen, member)) {
            return betterThatWait == 0 ? promoted(member, rung, because.and("stalled", "the best")) : new Stop(because);
        }
        if (better >= promoted) {
            return Places.wait(new Awaited.Anyone(), rungs.eta() * (better + 1) - count, rung, because);
        }
        int free = Configurations.places(seen);
        return free > 0 ? promoted(member, rung, because) : Places.queued(0, free, rung, because);
    }

    private Decision promoted(Member member, int rung, Because because) {
        return Configurations.on(member, rungs.at(rung + 1), -(rung + 1), because);
    }

    /// Whether a configuration failed for good on its way to a rung: it counts there, below all others.
    private boolean fell(Population seen, Member member, int rung) {
        boolean failed = member.segment()
                .filter(s -> s.outcome() instanceof Outcome.Failed)
                .isPresent();
        return failed
                && (!member.live() || Configurations.lost(seen, member))
                && rungs.reached(member.step()) == rung - 1;
    }

    /// The score that a member had when it came to a rung.
    private Optional<Double> score(Population seen, Member member, int rung) {
        return Configurations.at(member, rungs.at(rung))
                .map(p -> seen.specification().metric().score(p.evaluation()))
                .filter(Double::isFinite);
    }
}
