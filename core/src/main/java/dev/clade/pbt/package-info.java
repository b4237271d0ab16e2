/// Population Based Training: [dev.clade.pbt.PopulationBasedTraining] is Algorithm 1 of the paper, and its five parts
/// are the other types here.
@NullMarked
package dev.clade.pbt;

import org.jspecify.annotations.NullMarked;
