/// The product in virtual time: the same slots, on a calendar instead of a clock.
@NullMarked
package dev.clade.run.virtual;

import org.jspecify.annotations.NullMarked;
