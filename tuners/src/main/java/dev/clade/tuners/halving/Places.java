package dev.clade.tuners.halving;

import dev.clade.population.Because;
import dev.clade.population.Decision.Awaited;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Wait;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.tune.Initial;
import dev.clade.tuners.Configurations;
import java.time.Duration;

/// Which configurations may train: at most as many at once as the population has members.
final class Places {

    /// Longer than any experiment: what is waited for is an outcome, and every training has a deadline of
    /// its own.
    private static final Duration LONG = Duration.ofDays(3650);

    private Places() {}

    /// How many configurations have or are about to have a place.
    static long taken(Population seen, Rungs rungs) {
        return seen.members().stream().filter(m -> takes(seen, m, rungs)).count();
    }

    /// Who has an outcome counts until it has decided, but for those that will do nothing more.
    private static boolean takes(Population seen, Member member, Rungs rungs) {
        boolean over = Configurations.lost(seen, member)
                || member.step() >= rungs.steps().getLast();
        return Configurations.working(member) || (member.status() == Member.Status.UNDECIDED && !over);
    }

    /// The beginning of a configuration.
    static Train begun(Population seen, MemberId who, Rungs rungs, Randomness random) {
        return new Train(
                new Weights.Fresh(),
                Initial.values(seen.specification(), who, random),
                new Plan(new Until.Steps(rungs.at(0)), 1, true, 0),
                Because.of("begun").and("until", rungs.at(0)));
    }

    /// Waits for those who go first: one place each, after those that are free.
    ///
    /// @param ahead how many go first
    static Wait queued(int ahead, int free, int rung, Because because) {
        return wait(
                new Awaited.Anyone(),
                ahead - free + 1,
                rung,
                because.and("ahead", ahead).and("free", free));
    }

    static Wait wait(Awaited on, int count, int rung, Because because) {
        return new Wait(on, Math.max(1, count), LONG, -rung, because);
    }
}
