package dev.clade.zoo.digits;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.Optional;
import java.util.SequencedMap;

/// What is learned: images `(N, 1, 8, 8)` to logits `(N, 10)`, through three hidden layers with a dropout behind each.
/// Written twice: for one model, and for `K` at once, each on its own `N` images.
sealed interface Network permits Convolutional, Perceptron {

    int HIDDEN = 3;

    Parameters.Layout layout();

    /// All weights, with the inputs of each; what else is laid out are biases.
    SequencedMap<String, Integer> inputs();

    /// How many hidden layers are convolutions: the first ones. Their dropout takes whole channels.
    int convolutions();

    /// What becomes of the output of a hidden layer, counted from 0.
    interface Dropout {
        Tensor of(int layer, Tensor hidden);
    }

    /// The logits as they are trained.
    Tensor logits(Weights weights, Tensor images, Dropout dropout);

    /// The logits as they are measured: nothing dropped.
    default Tensor logits(Weights weights, Tensor images) {
        return logits(weights, images, (_, hidden) -> hidden);
    }

    /// Images as `K` models want them, a row each: of pixels, or of what can be made of them once for all.
    float[][] rows(Images images);

    /// What the outputs of a hidden layer are multiplied by, `(K, N, outputs)`, where anything is dropped; of
    /// convolutions, an output is a channel.
    interface Masks {
        Optional<Tensor> of(int layer, int outputs);
    }

    /// The logits of `K` models as they are trained, `(K, N, 10)`.
    ///
    /// @param weights `(K, ...)` each
    /// @param rows `(K, N, ...)`
    Tensor logitsEach(Weights weights, Tensor rows, Masks masks);

    /// Draws new weights: normal with variance `2 / inputs`, biases 0 (He et al. 2015, arXiv 1502.01852, section
    /// 2.2).
    default void draw(Weights weights, Randomness random) {
        for (var name : layout().names()) {
            var drawn = weights.get(name).zeroHere();
            var inputs = inputs().get(name);
            if (inputs != null) {
                drawn.normalHere(Math.sqrt(2.0 / inputs), random.of("weights/" + name));
            }
        }
    }
}
