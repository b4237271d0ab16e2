/// Bayesian optimisation against random search and a published optimiser, on functions whose minimum is known.
@NullMarked
package dev.clade.bench.bayesian;

import org.jspecify.annotations.NullMarked;
