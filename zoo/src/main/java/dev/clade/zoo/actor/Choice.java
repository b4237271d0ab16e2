package dev.clade.zoo.actor;

import dev.clade.zoo.agent.Softmax;

/// How an action is chosen.
@FunctionalInterface
interface Choice {

    /// @param outputs of the network; the logits of the actions are those from `at` on
    /// @param drawn uniform over `[0, 1)`
    int of(float[] outputs, int at, int actions, double drawn);

    /// By the policy.
    Choice SAMPLED = Softmax::drawn;
}
