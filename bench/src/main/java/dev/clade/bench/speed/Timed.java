package dev.clade.bench.speed;

import dev.clade.population.CheckpointId;
import dev.clade.population.Decision;
import dev.clade.population.Entry;
import dev.clade.population.Group;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.trainer.Capability;
import dev.clade.tune.Tuner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A tuner whose decisions are timed. It is the tuner in all else.
record Timed(Tuner tuner, Laps record) implements Tuner {

    /// The times of decisions, until there is enough.
    static final class Laps {

        private final long end;
        private final int most;
        private final List<Long> times = new ArrayList<>();

        /// @param most decisions to time
        /// @param seconds to spend at most, from now
        Laps(int most, int seconds) {
            this.most = most;
            this.end = System.nanoTime() + seconds * 1_000_000_000L;
        }

        private void add(long nanos) {
            times.add(nanos);
            if (times.size() >= most || System.nanoTime() > end) {
                throw new Enough();
            }
        }

        /// All but the first tenth, in which code is compiled and little is known.
        Times times() {
            return Times.of(times.stream()
                    .skip(times.size() / 10)
                    .mapToLong(Long::longValue)
                    .toArray());
        }
    }

    /// Ends the experiment that is timed.
    static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public Decision decide(Population seen, MemberId who, Randomness random) {
        long began = System.nanoTime();
        var decision = tuner.decide(seen, who, random);
        record.add(System.nanoTime() - began);
        return decision;
    }

    @Override
    public Tuner learn(Entry entry, Population after) {
        return new Timed(tuner.learn(entry, after), record);
    }

    @Override
    public String word() {
        return tuner.word();
    }

    @Override
    public int revision() {
        return tuner.revision();
    }

    @Override
    public boolean learns() {
        return tuner.learns();
    }

    @Override
    public int members(Population seen) {
        return tuner.members(seen);
    }

    @Override
    public Group group(MemberId who) {
        return tuner.group(who);
    }

    @Override
    public Set<CheckpointId> keeps(Population seen) {
        return tuner.keeps(seen);
    }

    @Override
    public boolean serial() {
        return tuner.serial();
    }

    @Override
    public Set<Capability> needs() {
        return tuner.needs();
    }

    @Override
    public boolean synchronous() {
        return tuner.synchronous();
    }
}
