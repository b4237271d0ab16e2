package dev.clade.zoo.agent;

import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.random.RandomGenerator;

/// An agent that acts in its environments: it looks at all of them, does something in each, and remembers.
///
/// ```
/// acting.look();
/// acting.remember();                                  // before an end makes it forget
/// for (...) {
///     acting.act(i, acting.choose(i, random));
/// }
/// ```
final class Acting {

    private final Agent<?> agent;
    private final Weights weights;
    private final Environments worlds;
    private final Actions actions;
    private final float[] seen;
    private final float[] before;
    private final float[] masks;
    private float[] said = new float[0];
    private float[] after = new float[0];

    Acting(Agent<?> agent, Weights weights, Environments worlds) {
        this.agent = agent;
        this.weights = weights;
        this.worlds = worlds;
        actions = worlds.actions();
        seen = new float[worlds.count() * worlds.size()];
        before = new float[worlds.count() * (actions.functions() + 1)];
        masks = new float[worlds.masked() ? worlds.count() * actions.logits() : 0];
    }

    /// Sees what there is now, and hears what the agent says of it.
    void look() {
        int count = worlds.count();
        worlds.observe(seen, 0);
        worlds.before(before, 0);
        try (var _ = Scope.still()) {
            var step = agent.network()
                    .step(
                            weights,
                            Tensor.of(seen, count, worlds.size()),
                            Tensor.of(before, count, actions.functions() + 1),
                            worlds.remembered());
            said = step.said().floats();
            after = step.memory().floats();
        }
        if (worlds.masked()) {
            worlds.masks(masks, 0);
            for (int i = 0; i < count; i++) {
                for (int logit = 0; logit < actions.logits(); logit++) {
                    said[at(i) + logit] += masks[i * actions.logits() + logit];
                }
            }
        }
    }

    private int at(int which) {
        return which * (actions.logits() + 1);
    }

    /// What was seen, for an unroll.
    void record(Unroll unroll, int step) {
        unroll.see(step, seen, before, masks);
        for (int i = 0; i < worlds.count(); i++) {
            unroll.value(step, i, value(i));
        }
    }

    float value(int which) {
        return said[at(which) + actions.logits()];
    }

    /// Draws from the policy.
    Actions.Action choose(int which, RandomGenerator random) {
        return Policy.drawn(actions, said, at(which), random);
    }

    /// @return the reward
    double act(int which, Actions.Action action) {
        return worlds.act(which, action);
    }

    /// Remembers what came of the last look.
    void remember() {
        worlds.remember(after);
    }
}
