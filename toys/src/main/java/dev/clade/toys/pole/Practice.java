package dev.clade.toys.pole;

import dev.clade.random.Randomness;
import java.util.random.RandomGenerator;

/// The episodes that an agent learns from, played side by side, and the order in which it learns: all that starts
/// anew with a segment.
final class Practice {

    /// Episodes side by side, and acts in each of them between two updates. Ours.
    static final int LANES = 8;

    static final int ACTS = 32;

    private final SwingUp[] tasks = new SwingUp[LANES];
    private final double[] values = new double[LANES];
    private final double[] senses = new double[SwingUp.SENSES];
    private final Rollout rollout = new Rollout(LANES, ACTS);
    private final RandomGenerator starts;
    private final RandomGenerator choices;
    private final RandomGenerator order;

    Practice(Randomness random) {
        starts = random.of("starts");
        choices = random.of("choices");
        order = random.of("order");
        for (int lane = 0; lane < LANES; lane++) {
            tasks[lane] = new SwingUp();
            tasks[lane].restart(starts);
        }
    }

    /// One step of training: plays on under the present policy and learns from it. Gives the policy's entropy [nat].
    double update(Agent agent, Recipe recipe) {
        for (int lane = 0; lane < LANES; lane++) {
            tasks[lane].observe(senses);
            values[lane] = agent.value(senses);
        }
        for (int i = 0; i < rollout.size; i++) {
            play(agent, i % LANES, i);
        }
        rollout.judge(recipe.discount(), recipe.trace());
        return agent.learn(rollout, recipe, order);
    }

    private void play(Agent agent, int lane, int i) {
        var task = tasks[lane];
        task.observe(rollout.senses[i]);
        int choice = agent.choose(rollout.senses[i], choices);
        rollout.choices[i] = choice;
        rollout.logs[i] = agent.log(choice);
        rollout.values[i] = values[lane];
        rollout.rewards[i] = task.act(choice) / SwingUp.TICK;
        task.observe(senses);
        rollout.nexts[i] = task.fallen() ? 0 : agent.value(senses);
        rollout.ends[i] = task.fallen() || task.timeIsUp();
        values[lane] = rollout.nexts[i];
        if (rollout.ends[i]) {
            task.restart(starts);
            task.observe(senses);
            values[lane] = agent.value(senses);
        }
    }
}
