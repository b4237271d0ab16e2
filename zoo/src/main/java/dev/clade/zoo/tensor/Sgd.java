package dev.clade.zoo.tensor;

import dev.clade.zoo.safetensors.Array;
import java.util.Map;

/// Stochastic gradient descent with momentum and weight decay, as PyTorch's `SGD` with `dampening=0`: `g <- g +
/// decay p;  v <- momentum v + g;  p <- p - rate v`. Its state is the velocity `v`, 0 at first.
public final class Sgd implements Checkpoint.Part, AutoCloseable {

    private final Parameters parameters;
    private final Flat velocity;

    public Sgd(Parameters parameters) {
        this.parameters = parameters;
        velocity = parameters.alike();
    }

    /// Updates all parameters by their gradients, which are 0 then. In a scope that records nothing or anything.
    ///
    /// @param rate the learning rate
    /// @param momentum in `[0, 1)`
    /// @param decay the share of each parameter that is added to its gradient (L2, not decoupled)
    public void step(double rate, double momentum, double decay) {
        try (var _ = Scope.still()) {
            var gradients = parameters.gradients().plusHere(parameters.all(), decay);
            velocity.all().timesHere(momentum).plusHere(gradients, 1);
            parameters.all().plusHere(velocity.all(), -rate);
            gradients.zeroHere();
        }
    }

    /// Forgets the velocity.
    public void reset() {
        try (var _ = Scope.still()) {
            velocity.all().zeroHere();
            parameters.gradients().zeroHere();
        }
    }

    @Override
    public void save(String prefix, Map<String, Array> arrays) {
        velocity.save(prefix + "velocity.", arrays);
    }

    @Override
    public void load(String prefix, Checkpoint from) {
        reset();
        velocity.load(prefix + "velocity.", from);
    }

    @Override
    public void close() {
        velocity.close();
    }
}
