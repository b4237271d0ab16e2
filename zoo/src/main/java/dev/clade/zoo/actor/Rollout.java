package dev.clade.zoo.actor;

/// What one member does and gets in the steps of one update, in all its environments. Rows are steps by
/// environments: `step * environments + environment`.
final class Rollout {

    private final Segment segment;
    private final int environments;
    private final int steps;
    private final int outputs;
    private final int[] actions;
    private final double[] rewards;
    private final boolean[] ended;
    private final double[] values;
    private final double[] returns;
    private int done;

    /// @param steps of each environment
    /// @param outputs of the network: logits and, last, the value
    Rollout(Segment segment, int steps, int outputs) {
        this.segment = segment;
        this.steps = steps;
        this.outputs = outputs;
        environments = segment.environments().count();
        int rows = steps * environments;
        actions = new int[rows];
        rewards = new double[rows];
        ended = new boolean[rows];
        values = new double[rows];
        returns = new double[rows];
    }

    int environments() {
        return environments;
    }

    /// Numbers that are seen of an environment.
    int size() {
        return segment.environments().size();
    }

    /// Writes what is seen now, environment by environment.
    void observe(float[] into, int at) {
        var worlds = segment.environments();
        for (int i = 0; i < environments; i++) {
            worlds.observe(i, into, at + i * worlds.size());
        }
    }

    /// Acts once in each environment.
    ///
    /// @param said what the network said of what was seen, `(environments, outputs)` from `at` on
    void act(float[] said, int at) {
        var worlds = segment.environments();
        for (int i = 0; i < environments; i++) {
            int row = done * environments + i;
            int place = at + i * outputs;
            actions[row] = segment.choose(said, place);
            values[row] = said[place + outputs - 1];
            rewards[row] = worlds.step(i, actions[row]);
            ended[row] = worlds.ended(i);
            if (ended[row]) {
                segment.ended(worlds.played(i));
                worlds.reset(i);
            }
        }
        done++;
    }

    /// Ends it: `R_t = r_t + discount R_t+1`, where nothing follows an end and the value of what is seen now
    /// follows the last step (Mnih et al. 2016, algorithm S3).
    ///
    /// @param said as in [#act]
    void end(float[] said, int at) {
        double discount = segment.values().discount();
        for (int i = 0; i < environments; i++) {
            double next = said[at + i * outputs + outputs - 1];
            for (int step = steps - 1; step >= 0; step--) {
                int row = step * environments + i;
                next = rewards[row] + (ended[row] ? 0 : discount * next);
                returns[row] = next;
            }
        }
    }

    /// Writes what the [Loss] multiplies logarithms of probabilities by, `(rows, actions)`: minus the
    /// advantage of the action that was taken, by the number of rows.
    void advantages(float[] into, int at) {
        int count = outputs - 1;
        for (int row = 0; row < actions.length; row++) {
            for (int action = 0; action < count; action++) {
                into[at + row * count + action] = 0;
            }
            into[at + row * count + actions[row]] = (float) ((values[row] - returns[row]) / actions.length);
        }
    }

    /// Writes what values should have been, `(rows)`.
    void returns(float[] into, int at) {
        for (int row = 0; row < returns.length; row++) {
            into[at + row] = (float) returns[row];
        }
    }
}
