/// Bayesian optimisation: each configuration is trained to the end, and the next is where a Gaussian
/// process that was fitted to those before expects most.
@NullMarked
package dev.clade.tuners.bayesian;

import org.jspecify.annotations.NullMarked;
