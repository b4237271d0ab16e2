/// Successive halving and what was made of it: many configurations are begun with little training, and only
/// the best of them go on, with the weights that they have. [dev.clade.tuners.halving.Bracket] has the
/// arithmetic.
@NullMarked
package dev.clade.tuners.halving;

import org.jspecify.annotations.NullMarked;
