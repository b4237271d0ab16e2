package dev.clade.tuners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.CheckpointId;
import dev.clade.population.Decision;
import dev.clade.population.Entry;
import dev.clade.population.Group;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.tune.Tuner;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A tuner that is asked everything twice and must answer the same, and not for ever.
record Doubted(Tuner tuner, AtomicInteger asked) implements Tuner {

    /// Decisions; far more than any experiment of a test has.
    private static final int MOST = 2_000;

    Doubted(Tuner tuner) {
        this(tuner, new AtomicInteger());
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
    public Decision decide(Population seen, MemberId who, Randomness random) {
        if (asked.incrementAndGet() > MOST) {
            throw new AssertionError("it decides for ever: " + tuner.decide(seen, who, random));
        }
        var decision = tuner.decide(seen, who, random);
        assertThat(tuner.decide(seen, who, random)).isEqualTo(decision);
        return decision;
    }

    @Override
    public Tuner learn(Entry entry, Population after) {
        var next = tuner.learn(entry, after);
        assertThat(tuner.learn(entry, after)).isEqualTo(next);
        assertThat(tuner.learns() || next.equals(tuner))
                .as("who says that it does not learn does not")
                .isTrue();
        return new Doubted(next, asked);
    }

    @Override
    public boolean learns() {
        return tuner.learns();
    }

    @Override
    public int members(Population seen) {
        int members = tuner.members(seen);
        assertThat(tuner.members(seen)).isEqualTo(members);
        return members;
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
    public boolean synchronous() {
        return tuner.synchronous();
    }
}
