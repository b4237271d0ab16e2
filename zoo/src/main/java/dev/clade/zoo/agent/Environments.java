package dev.clade.zoo.agent;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.world.Copies;
import dev.clade.zoo.world.Targeted;
import dev.clade.zoo.world.World;
import java.util.Arrays;
import java.util.function.Supplier;

/// Copies of a world in which an agent is in the midst of episodes: what it sees and what it remembers of each.
final class Environments {

    private final Copies copies;
    private final Actions actions;
    private final boolean masked;
    private final int size;
    private final float[] before;
    private final float[] memory;

    /// @param memory numbers that the agent remembers of each
    /// @param purpose of the streams that worlds draw from
    Environments(Supplier<World> made, int count, int memory, Randomness random, String purpose) {
        copies = new Copies(made, count, random, purpose);
        var world = copies.world(0);
        actions = Actions.of(world);
        masked = world instanceof Targeted;
        size = world.shape().size();
        before = new float[count * (actions.functions() + 1)];
        this.memory = new float[count * memory];
    }

    int count() {
        return copies.count();
    }

    World world(int which) {
        return copies.world(which);
    }

    Actions actions() {
        return actions;
    }

    /// Whether some of what could be done may be impossible.
    boolean masked() {
        return masked;
    }

    /// Numbers that are seen of each.
    int size() {
        return size;
    }

    float[] memory() {
        return memory;
    }

    /// Takes what is remembered from a step.
    void remember(float[] after) {
        System.arraycopy(after, 0, memory, 0, memory.length);
    }

    /// Writes what is seen of those that go on; what is over is left as it was.
    void observe(float[] into, int at) {
        for (int i = 0; i < count(); i++) {
            if (!copies.ended(i)) {
                copies.world(i).observe(into, at + i * size);
            }
        }
    }

    void before(float[] into, int at) {
        System.arraycopy(before, 0, into, at, before.length);
    }

    void masks(float[] into, int at) {
        for (int i = 0; i < count(); i++) {
            if (!copies.ended(i)) {
                actions.mask(copies.world(i), into, at + i * actions.logits());
            }
        }
    }

    /// Acts in one.
    ///
    /// @return the reward
    double act(int which, Actions.Action action) {
        double reward = copies.step(which, actions.number(action));
        int at = which * (actions.functions() + 1);
        Arrays.fill(before, at, at + actions.functions(), 0);
        before[at + action.function()] = 1;
        before[at + actions.functions()] = (float) reward;
        return reward;
    }

    boolean ended(int which) {
        return copies.ended(which);
    }

    /// The sum of rewards of an episode so far.
    double played(int which) {
        return copies.played(which);
    }

    /// Begins an episode in one, of which nothing is remembered.
    void reset(int which) {
        copies.reset(which);
        fill(before, which);
        fill(memory, which);
    }

    private void fill(float[] rows, int which) {
        int width = rows.length / count();
        Arrays.fill(rows, which * width, (which + 1) * width, 0);
    }

    /// What is remembered, `(count, memory)`.
    Tensor remembered() {
        return Tensor.of(memory, count(), memory.length / count());
    }
}
