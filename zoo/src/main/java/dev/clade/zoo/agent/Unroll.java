package dev.clade.zoo.agent;

import dev.clade.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// What a learner did and saw in the steps before an update, in all its environments. Rows are steps by environments:
/// `step * environments + environment`; of what is *seen*, one more step is there: what followed the last. Its arrays
/// are its own and are not changed. Tensors are made in the scope that is open.
public final class Unroll {

    private final int steps;
    private final int environments;
    private final int size;
    private final Actions actions;
    private final float[] seen;
    private final float[] before;
    private final float[] masks;
    private final float[] memory;
    private final int[] functions;
    private final int[] targets;
    private final float[] rewards;
    private final boolean[] ended;
    private final float[] values;
    private final SequencedMap<String, Tensor> told = new LinkedHashMap<>();

    /// @param size numbers that are seen of an environment
    /// @param memory of all environments at its beginning
    /// @param masked whether there are masks
    Unroll(int steps, int environments, int size, Actions actions, float[] memory, boolean masked) {
        this.steps = steps;
        this.environments = environments;
        this.size = size;
        this.actions = actions;
        this.memory = memory.clone();
        int rows = steps * environments;
        int all = rows + environments;
        seen = new float[all * size];
        before = new float[all * before()];
        masks = new float[masked ? all * actions.logits() : 0];
        functions = new int[rows];
        targets = new int[rows];
        rewards = new float[rows];
        ended = new boolean[rows];
        values = new float[all];
    }

    private int before() {
        return actions.functions() + 1;
    }

    // --- written by a learner

    /// What was seen of all environments before a step, or after the last.
    void see(int step, float[] seen, float[] before, float[] masks) {
        System.arraycopy(seen, 0, this.seen, step * seen.length, seen.length);
        System.arraycopy(before, 0, this.before, step * before.length, before.length);
        System.arraycopy(masks, 0, this.masks, step * masks.length, masks.length);
    }

    void value(int step, int environment, float value) {
        values[row(step, environment)] = value;
    }

    void did(int step, int environment, Actions.Action action, double reward, boolean end) {
        int row = row(step, environment);
        functions[row] = action.function();
        targets[row] = action.target();
        rewards[row] = (float) reward;
        ended[row] = end;
    }

    // --- what is in it

    public int steps() {
        return steps;
    }

    public int environments() {
        return environments;
    }

    public int row(int step, int environment) {
        return step * environments + environment;
    }

    /// Numbers that are seen of an environment.
    public int size() {
        return size;
    }

    /// All that was seen, `(steps + 1) * environments` rows of [#size] numbers.
    public float[] allSeen() {
        return seen;
    }

    /// What was done and got before, `(steps + 1) * environments` rows, as
    /// [RecurrentNetwork#step] has it.
    public float[] allBefore() {
        return before;
    }

    /// The function that was done in each row.
    public int[] functions() {
        return functions;
    }

    /// The target of each row; -1 where the function has none.
    public int[] targets() {
        return targets;
    }

    public float[] rewards() {
        return rewards;
    }

    /// Whether an episode ended with a row's step.
    public boolean[] ended() {
        return ended;
    }

    /// What the agent took for the value when it acted, `(steps + 1) * environments`.
    public float[] values() {
        return values;
    }

    /// `R_t = r_t + discount R_t+1` of each row, where nothing follows an end, and the value of what is seen then
    /// follows the last step (Mnih et al. 2016, algorithm S3).
    public float[] returns(double discount) {
        return returns(rewards, values, discount);
    }

    /// The same of other rewards and values.
    ///
    /// @param rewards of each row
    /// @param values of each row and of what followed the last step
    public float[] returns(float[] rewards, float[] values, double discount) {
        var returns = new float[rewards.length];
        for (int i = 0; i < environments; i++) {
            double next = values[row(steps, i)];
            for (int step = steps - 1; step >= 0; step--) {
                int row = row(step, i);
                next = rewards[row] + (ended[row] ? 0 : discount * next);
                returns[row] = (float) next;
            }
        }
        return returns;
    }

    // --- as tensors

    /// What was seen before each step, `(steps * environments, size)`.
    public Tensor seen() {
        return rows(seen, size);
    }

    /// As [RecurrentNetwork#step] has it, `(steps * environments, functions + 1)`.
    public Tensor seenBefore() {
        return rows(before, before());
    }

    /// What [Policy] adds to logits, `(steps * environments, logits)`; empty where all is always possible.
    public Optional<Tensor> masks() {
        return masks.length == 0 ? Optional.empty() : Optional.of(rows(masks, actions.logits()));
    }

    private Tensor rows(float[] all, int width) {
        int rows = steps * environments;
        return Tensor.of(Arrays.copyOf(all, rows * width), rows, width);
    }

    /// What was remembered at its beginning, `(environments, memory)`.
    public Tensor memory() {
        return Tensor.of(memory, environments, memory.length / environments);
    }

    /// What is left after a step of a memory that came of it: nothing of an environment whose episode ended.
    ///
    /// @param memory `(environments, any)`
    public Tensor kept(Tensor memory, int step) {
        var keep = new float[environments];
        boolean all = true;
        for (int i = 0; i < environments; i++) {
            keep[i] = ended[row(step, i)] ? 0 : 1;
            all &= keep[i] == 1;
        }
        return all ? memory : memory.times(Tensor.of(keep, environments, 1));
    }

    // --- what a lesson says of it

    /// Says what may be measured of it: single numbers for charts, read only when they are due.
    public void tell(String metric, Tensor number) {
        told.put(metric, number);
    }

    SequencedMap<String, Tensor> told() {
        return Collections.unmodifiableSequencedMap(told);
    }
}
