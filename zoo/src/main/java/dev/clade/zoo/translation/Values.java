package dev.clade.zoo.translation;

import dev.clade.zoo.member.Asked;
import java.util.Collections;
import java.util.List;

/// The hyperparameters in force. Each has a default for spaces without it. Rates are in `[0, 1)`, one for
/// each layer: those of the encoder, then those of the decoder.
///
/// @param lr the learning rate, at least 0
/// @param attention of weights of attention
/// @param relu within feed-forward layers
/// @param residual of what is added to the stream, and of the embeddings by the rate of the first layer
/// @param smoothing `label_smoothing`, in `[0, 1]`
record Values(double lr, List<Double> attention, List<Double> relu, List<Double> residual, double smoothing) {

    /// Ours, but for those of Vaswani et al. 2017, section 5.4: residual dropout and label smoothing 0.1.
    private static final double LR = 2e-3;

    private static final double RATE = 0.1;
    private static final double SMOOTHING = 0.1;

    Values {
        attention = List.copyOf(attention);
        relu = List.copyOf(relu);
        residual = List.copyOf(residual);
    }

    /// @param layers of encoder and decoder together
    /// @throws dev.clade.fault.Fault 3305 for a value that the network cannot be trained with
    static Values of(Asked asked, int layers) {
        var rates = Collections.nCopies(layers, RATE);
        return new Values(
                asked.real("lr", LR, 0, Double.MAX_VALUE),
                asked.rates("attention_dropout", rates),
                asked.rates("relu_dropout", rates),
                asked.rates("residual_dropout", rates),
                asked.real("label_smoothing", SMOOTHING, 0, 1));
    }
}
