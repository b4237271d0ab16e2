/// How fast experiments are simulated, and how that grows with the population.
@NullMarked
package dev.clade.bench.simulate;

import org.jspecify.annotations.NullMarked;
