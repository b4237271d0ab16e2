/// Iterated Population Based Training: PBT that begins again with longer intervals where it stagnates.
@NullMarked
package dev.clade.tuners.iterated;

import org.jspecify.annotations.NullMarked;
