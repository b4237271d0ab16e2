/// Generative adversarial networks on small images. What it is and how it is used: `README.md` in this
/// folder.
///
/// [dev.clade.zoo.gan.Gan] is the door. Then: `GanModel`, what a member does, and `GanModels`, what several
/// do at once; `Objective`, what the two networks play for; `Generator` and `Discriminator`, the two;
/// `Judges`, `InceptionScore` and `Gaussian`, how well they do; `Values`, its hyperparameters; `Settings`,
/// what an experiment file may say.
@NullMarked
package dev.clade.zoo.gan;

import org.jspecify.annotations.NullMarked;
