package dev.clade.zoo.feudal;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;

/// Layers by the prefix of their parameters' names.
final class Linear {

    /// The standard deviation of what says the policy and values: they begin nearly uniform and nearly 0.
    static final double HEAD = 0.01;

    private Linear() {}

    static Tensor of(Weights weights, String layer, Tensor input) {
        return input.linear(weights.get(layer + ".weight"), weights.get(layer + ".bias"));
    }

    /// Draws a weight anew, normal; a bias is 0.
    static void draw(Weights weights, String layer, double deviation, Randomness random) {
        var name = layer + ".weight";
        weights.get(name).normalHere(deviation, random.of("weights/" + name));
        if (weights.names().contains(layer + ".bias")) {
            weights.get(layer + ".bias").zeroHere();
        }
    }
}
