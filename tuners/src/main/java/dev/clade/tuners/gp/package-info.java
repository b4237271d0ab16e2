/// Regression with Gaussian processes (Rasmussen, Williams 2006, "Gaussian Processes for Machine Learning")
/// and the encoding of a search space into the unit cube that it works on. Everything is an immutable value
/// and computes the same on every machine.
@NullMarked
package dev.clade.tuners.gp;

import org.jspecify.annotations.NullMarked;
