package dev.clade.zoo.gan;

import dev.clade.zoo.member.Asked;

/// The hyperparameters in force. Each has a default for spaces without it, by the objective.
///
/// @param generatorRate `generator_lr`, at least 0
/// @param discriminatorRate `discriminator_lr`, at least 0
/// @param discriminatorSteps `discriminator_steps`: how often the discriminator is updated for one update
/// of the generator, 1 to 10
/// @param beta1 the decay rate of Adam's first moment, of both, in `[0, 1)`
record Values(double generatorRate, double discriminatorRate, int discriminatorSteps, double beta1) {

    static final int MOST_STEPS = 10;

    /// @throws dev.clade.fault.Fault 3305 for a value that the networks cannot be trained with
    static Values of(Asked asked, Values otherwise) {
        return new Values(
                asked.real("generator_lr", otherwise.generatorRate, 0, Double.MAX_VALUE),
                asked.real("discriminator_lr", otherwise.discriminatorRate, 0, Double.MAX_VALUE),
                asked.whole("discriminator_steps", otherwise.discriminatorSteps, 1, MOST_STEPS),
                asked.real("beta1", otherwise.beta1, 0, Math.nextDown(1.0)));
    }
}
