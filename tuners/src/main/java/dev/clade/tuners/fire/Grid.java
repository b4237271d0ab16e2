package dev.clade.tuners.fire;

import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Until;
import dev.clade.population.Member;

/// When members are measured and when they are ready, in their own steps: `points` points of a curve in each
/// interval between two ready points. A segment ends at each.
///
/// @param every steps between two ready points
/// @param points at most `every`
/// @param burnIn nobody is ready before
record Grid(long every, int points, long burnIn) {

    Grid {
        if (every < 1 || points < 1 || points > every || burnIn < 0) {
            throw new IllegalArgumentException("no grid: " + every + ", " + points + ", " + burnIn);
        }
    }

    /// To the next point after where a member is.
    Plan next(Member member) {
        long interval = member.step() / every;
        long into = member.step() % every;
        int point = 1;
        while (every * point / points <= into) {
            point++;
        }
        return new Plan(new Until.Steps(interval * every + every * point / points), 1, true, 0);
    }

    /// Whether a member's last segment has brought it to a ready point, or past one.
    boolean ready(Member member) {
        long before = member.segment().orElseThrow().startStep();
        return member.step() >= burnIn && member.step() / every > before / every;
    }
}
