package dev.clade.zoo.agent;

import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Scope;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// An actor-learner (Mnih et al. 2016, arXiv 1602.01783, algorithm S3): weights of its own, which follow those that a
/// member's learners share. Used by one thread at a time.
final class Learner implements AutoCloseable {

    private final Agent<?> agent;
    private final Parameters own;

    Learner(Agent<?> agent) {
        this.agent = agent;
        own = agent.network().layout().build();
    }

    /// What a learner goes through in a segment.
    ///
    /// @param worlds its environments, in the midst of episodes
    /// @param lesson what it learns by
    /// @param random what its actions are drawn from
    record Life(Environments worlds, Agent.Lesson lesson, RandomGenerator random) {}

    /// Takes the shared weights as they are now, acts, and leaves the gradient of what came of it in [#own].
    ///
    /// @param steps of each environment
    /// @param recent where returns of episodes that end are added
    /// @param told whether measurements are due
    /// @return measurements, where they are due
    SortedMap<String, Double> unroll(Parameters shared, Life life, int steps, Recent recent, boolean told) {
        try (var _ = Scope.still()) {
            own.all().copyHere(shared.all());
        }
        var unroll = play(life, steps, recent);
        var measured = new TreeMap<String, Double>();
        try (var _ = Scope.training()) {
            life.lesson().loss(own, unroll).backward();
            if (told) {
                unroll.told().forEach((metric, number) -> measured.put(metric, number.item()));
            }
        }
        return measured;
    }

    private Unroll play(Life life, int steps, Recent recent) {
        var worlds = life.worlds();
        var acting = new Acting(agent, own, worlds);
        var unroll =
                new Unroll(steps, worlds.count(), worlds.size(), worlds.actions(), worlds.memory(), worlds.masked());
        for (int step = 0; step < steps; step++) {
            acting.look();
            acting.record(unroll, step);
            acting.remember();
            for (int i = 0; i < worlds.count(); i++) {
                var action = acting.choose(i, life.random());
                double reward = acting.act(i, action);
                boolean ended = worlds.ended(i);
                unroll.did(step, i, action, reward, ended);
                if (ended) {
                    recent.add(worlds.played(i));
                    worlds.reset(i);
                }
            }
        }
        acting.look();
        acting.record(unroll, steps);
        return unroll;
    }

    /// Its weights, with the gradient of the last unroll.
    Parameters own() {
        return own;
    }

    @Override
    public void close() {
        own.close();
    }
}
