package dev.clade.toys.pole;

import dev.clade.random.Randomness;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// An actor and a critic, with their optimisers: everything that a checkpoint holds. It learns by proximal policy
/// optimisation (PPO; Schulman et al. 2017, arXiv 1707.06347, algorithm 1).
final class Agent {

    /// The width of the one hidden layer. Ours: two layers of 32 took over twice as long.
    static final int HIDDEN = 64;

    /// How often a rollout is gone through, and the acts of one gradient. Ours.
    static final int EPOCHS = 4;

    static final int BATCH = 64;

    /// The longest gradient that is followed at its own length: Stable Baselines and CleanRL's 0.5.
    static final double LONGEST = 0.5;

    /// Small first outputs, so that every choice is about as likely at first (Andrychowicz et al. 2021, arXiv
    /// 2006.05990, section 3.2).
    private static final double ACTOR_LAST = 0.01;

    private final Network actor = new Network(SwingUp.SENSES, HIDDEN, SwingUp.CHOICES);
    private final Network critic = new Network(SwingUp.SENSES, HIDDEN, 1);
    private final Adam actorAdam = new Adam(actor.weights().length);
    private final Adam criticAdam = new Adam(critic.weights().length);
    private final Objective objective = new Objective();
    private final double[] logs = new double[SwingUp.CHOICES];
    private final double[] error = new double[1];

    /// Forgets everything and draws new weights.
    void draw(Randomness random) {
        actor.draw(random.of("actor"), ACTOR_LAST);
        critic.draw(random.of("critic"), 1);
        actorAdam.reset();
        criticAdam.reset();
    }

    /// Weights become `keep` times themselves plus `fresh` times new ones; the optimisers start anew.
    void blend(double keep, double fresh, Randomness random) {
        var other = new Agent();
        other.draw(random);
        mix(actor.weights(), other.actor.weights(), keep, fresh);
        mix(critic.weights(), other.critic.weights(), keep, fresh);
        actorAdam.reset();
        criticAdam.reset();
    }

    private static void mix(double[] mine, double[] other, double keep, double fresh) {
        for (int i = 0; i < mine.length; i++) {
            mine[i] = keep * mine[i] + fresh * other[i];
        }
    }

    /// The vectors that make up the state, to be read or changed in place.
    List<double[]> vectors() {
        return List.of(
                actor.weights(),
                actorAdam.first(),
                actorAdam.second(),
                critic.weights(),
                criticAdam.first(),
                criticAdam.second());
    }

    /// Gradient steps taken.
    long steps() {
        return actorAdam.steps();
    }

    /// Goes on counting gradient steps from here.
    void resume(long steps) {
        actorAdam.resume(steps);
        criticAdam.resume(steps);
    }

    /// Whether every weight is a finite number. One that is not makes all that the agent does meaningless.
    boolean sound() {
        return Arrays.stream(actor.weights()).allMatch(Double::isFinite)
                && Arrays.stream(critic.weights()).allMatch(Double::isFinite);
    }

    /// What the critic expects: the mean reward from here on, discounted.
    double value(double[] senses) {
        return critic.forward(senses)[0];
    }

    /// Draws a choice from the policy. [#log] then gives the logarithm of its probability.
    int choose(double[] senses, RandomGenerator random) {
        Objective.logSoftmax(actor.forward(senses), logs);
        double left = random.nextDouble();
        for (int choice = 0; choice < SwingUp.CHOICES - 1; choice++) {
            left -= StrictMath.exp(logs[choice]);
            if (left < 0) {
                return choice;
            }
        }
        return SwingUp.CHOICES - 1;
    }

    /// The logarithm of the probability that a choice had when the last one was drawn.
    double log(int choice) {
        return logs[choice];
    }

    /// Learns from a judged rollout, in an order drawn from `random`. Gives the policy's mean entropy [nat].
    double learn(Rollout rollout, Recipe recipe, RandomGenerator random) {
        var order = new int[rollout.size];
        Arrays.setAll(order, i -> i);
        double entropy = 0;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            shuffle(order, random);
            entropy = 0;
            for (int from = 0; from < order.length; from += BATCH) {
                int to = Math.min(order.length, from + BATCH);
                entropy += gradient(rollout, recipe.entropyCost(), order, from, to);
                step(actor, actorAdam, to - from, recipe.learningRate());
                step(critic, criticAdam, to - from, recipe.learningRate());
            }
        }
        return entropy / order.length;
    }

    private static void shuffle(int[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }

    private double gradient(Rollout rollout, double entropyCost, int[] order, int from, int to) {
        actor.clear();
        critic.clear();
        double entropy = 0;
        for (int k = from; k < to; k++) {
            int i = order[k];
            var z = actor.forward(rollout.senses[i]);
            objective.loss(z, rollout.choices[i], rollout.logs[i], rollout.advantages[i], entropyCost);
            actor.backward(objective.slope());
            entropy += objective.entropy();
            error[0] = critic.forward(rollout.senses[i])[0] - rollout.targets[i];
            critic.backward(error);
        }
        return entropy;
    }

    private static void step(Network network, Adam adam, int count, double learningRate) {
        double squares = 0;
        for (double slope : network.gradient()) {
            squares += slope * slope;
        }
        double length = StrictMath.sqrt(squares) / count;
        double shrink = length > LONGEST ? LONGEST / length : 1;
        adam.step(network.weights(), network.gradient(), shrink / count, learningRate);
    }
}
