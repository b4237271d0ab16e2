/// Greed on the two toys where it is right and where it is wrong.
@NullMarked
package dev.clade.bench.greed;

import org.jspecify.annotations.NullMarked;
