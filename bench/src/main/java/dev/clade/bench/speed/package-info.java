/// What Clade costs beside training, measured.
@NullMarked
package dev.clade.bench.speed;

import org.jspecify.annotations.NullMarked;
