package dev.clade.zoo.actor;

/// How an action is chosen.
@FunctionalInterface
interface Choice {

    /// @param outputs of the network; the logits of the actions are those from `at` on
    /// @param drawn uniform over `[0, 1)`
    int of(float[] outputs, int at, int actions, double drawn);

    /// By the policy: the softmax of the logits. Logits that are no numbers choose the last action.
    Choice SAMPLED = (outputs, at, actions, drawn) -> {
        float most = Float.NEGATIVE_INFINITY;
        for (int action = 0; action < actions; action++) {
            most = Math.max(most, outputs[at + action]);
        }
        double sum = 0;
        for (int action = 0; action < actions; action++) {
            sum += StrictMath.exp(outputs[at + action] - most);
        }
        double left = drawn * sum;
        for (int action = 0; action < actions - 1; action++) {
            left -= StrictMath.exp(outputs[at + action] - most);
            if (left < 0) {
                return action;
            }
        }
        return actions - 1;
    };
}
