package dev.clade.zoo.tensor;

import dev.clade.zoo.safetensors.Array;
import java.util.Map;

/// RMSProp (Tieleman, Hinton 2012, "Lecture 6.5", Coursera: Neural Networks for Machine Learning) as PyTorch's, not
/// centred and without momentum: `s <- decay s + (1 - decay) g^2;  p <- p - rate g / (sqrt(s) + epsilon)`. Its state
/// is the mean square `s`, 0 at first.
public final class RmsProp implements Checkpoint.Part, AutoCloseable {

    private final Parameters parameters;
    private final Flat square;

    public RmsProp(Parameters parameters) {
        this.parameters = parameters;
        square = parameters.alike();
    }

    /// Updates all parameters by their gradients, which are 0 then.
    ///
    /// @param rate the learning rate
    /// @param decay of the mean square, in `[0, 1)`
    /// @param epsilon added to its root, above 0
    public void step(double rate, double decay, double epsilon) {
        step(parameters, rate, decay, epsilon);
    }

    /// Updates all parameters by the gradients of others of the same layout, which are 0 then. Several threads may
    /// do so at once, without locks: what one writes another may overwrite (Recht et al. 2011, arXiv 1106.5730).
    public void step(Parameters others, double rate, double decay, double epsilon) {
        try (var _ = Scope.still()) {
            var gradients = others.gradients();
            square.all().timesHere(decay).plusProductHere(gradients, gradients, 1 - decay);
            var below = square.all().sqrt().plusHere(epsilon);
            parameters.all().plusQuotientHere(gradients, below, -rate);
            gradients.zeroHere();
        }
    }

    /// Forgets the mean square.
    public void reset() {
        try (var _ = Scope.still()) {
            square.all().zeroHere();
            parameters.gradients().zeroHere();
        }
    }

    @Override
    public void save(String prefix, Map<String, Array> arrays) {
        square.save(prefix + "square.", arrays);
    }

    @Override
    public void load(String prefix, Checkpoint from) {
        reset();
        square.load(prefix + "square.", from);
    }

    @Override
    public void close() {
        square.close();
    }
}
