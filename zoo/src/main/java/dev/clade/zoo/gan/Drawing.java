package dev.clade.zoo.gan;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Weights;
import java.util.SequencedMap;

/// New weights.
final class Drawing {

    private Drawing() {}

    /// Weights become normal with variance `2 / inputs`, biases 0 (He et al. 2015, arXiv 1502.01852,
    /// section 2.2).
    ///
    /// @param inputs of each weight, how many numbers one of its outputs is a sum of; what else there is
    /// are biases
    /// @param purpose of the streams, before a weight's name
    static void draw(Weights weights, SequencedMap<String, Integer> inputs, Randomness random, String purpose) {
        for (var name : weights.names()) {
            var drawn = weights.get(name).zeroHere();
            var count = inputs.get(name);
            if (count != null) {
                drawn.normalHere(Math.sqrt(2.0 / count), random.of(purpose + name));
            }
        }
    }
}
