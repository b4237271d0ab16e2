/// Which tuner is better here, by how much and how sure: who takes part and with which settings ([Arm],
/// [Ablation], [Recipe], [Plan]), what one experiment came to ([Outcome]), and what all of them say
/// ([Comparison]).
@NullMarked
package dev.clade.study.compare;

import org.jspecify.annotations.NullMarked;
