/// The contract of a tuner, and the one rule around it: a decision is a pure function of the population seen, a
/// member and keyed randomness.
@NullMarked
package dev.clade.tune;

import org.jspecify.annotations.NullMarked;
