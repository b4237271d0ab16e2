package dev.clade.zoo.unreal;

import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.Map;

/// The task of telling the sign of the next reward from the last three pictures (Jaderberg et al. 2016, arXiv
/// 1611.05397, section 3.2), by what the convolutions make of them and no memory.
///
/// ```
/// (N, 3 features)  linear 128                relu
/// (N, 128)         linear 3
/// ```
///
/// @param features of a picture
record RewardPrediction(int features) {

    private static final int LINEAR = 128;

    private int inputsOfThree() {
        return Triples.PICTURES * features;
    }

    void lay(Parameters.Layout layout) {
        layout.linear("reward_prediction.fc.weight", LINEAR, inputsOfThree())
                .with("reward_prediction.fc.bias", LINEAR)
                .linear("reward_prediction.head.weight", Triples.CLASSES, LINEAR)
                .with("reward_prediction.head.bias", Triples.CLASSES);
    }

    Map<String, Integer> inputs() {
        return Map.of("reward_prediction.fc.weight", inputsOfThree());
    }

    /// Logits of the classes.
    ///
    /// @param features `(3 N, features)`, those of one behind one another
    /// @return `(N, 3)`
    Tensor logits(Weights weights, Tensor features) {
        return features.reshape(-1, inputsOfThree())
                .linear(weights.get("reward_prediction.fc.weight"), weights.get("reward_prediction.fc.bias"))
                .relu()
                .linear(weights.get("reward_prediction.head.weight"), weights.get("reward_prediction.head.bias"));
    }

    /// The sum of the cross entropies [nats].
    static Tensor loss(Tensor logits, Triples triples) {
        return logits.crossEntropyEach(Tensor.of(triples.classes())).sum();
    }
}
