/// Faster Improvement Rate PBT (FIRE PBT; Dalibard, Jaderberg 2021, arXiv 2109.13800): of two networks that
/// perform alike under like hyperparameters, the one that improves faster ends better.
@NullMarked
package dev.clade.tuners.fire;

import org.jspecify.annotations.NullMarked;
