package dev.clade.pbt;

import dev.clade.population.Because;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Until;
import dev.clade.population.Entry;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import java.time.Duration;

/// When a member is ready for its next decision: enough training for its hyperparameters to have had an effect.
@FunctionalInterface
public interface Ready {

    /// Until when a member shall train now.
    Plan next(MemberId who, Population seen);

    default Ready learn(Entry entry, Population after) {
        return this;
    }

    /// Whether [#learn] ever changes it.
    default boolean learns() {
        return false;
    }

    /// Whether members are ready by the clock, not by their steps.
    default boolean byTheClock() {
        return false;
    }

    /// A decision's reason, with what this rule goes by where the plan alone does not say it.
    default Because explained(Because because) {
        return because;
    }

    /// Every so many of the member's own steps; none within the first `burnIn` (IMPALA, arXiv 1802.01561, appendix
    /// D).
    record Steps(long every, long burnIn) implements Ready {

        public Steps {
            if (every < 1 || burnIn < 0) {
                throw new IllegalArgumentException(
                        "every must be positive, burn-in not negative: " + every + ", " + burnIn);
            }
        }

        @Override
        public Plan next(MemberId who, Population seen) {
            long step = seen.member(who).step();
            long next = step < burnIn ? burnIn : step + every;
            return new Plan(new Until.Steps(next), 1, true, 0);
        }
    }

    /// Every so much time of training.
    record Seconds(Duration every) implements Ready {

        @Override
        public boolean byTheClock() {
            return true;
        }

        @Override
        public Plan next(MemberId who, Population seen) {
            return new Plan(new Until.Elapsed(every), 1, true, 0);
        }
    }
}
