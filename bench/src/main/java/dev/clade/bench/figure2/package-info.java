/// What must be seen on the toys, as tables, in virtual time: `bench/run figure2` and `bench/run adaptive`.
/// [dev.clade.bench.figure2.FigureTwo] and [dev.clade.bench.figure2.AdaptiveReady] are the programs; `Toy` runs one
/// experiment.
@NullMarked
package dev.clade.bench.figure2;

import org.jspecify.annotations.NullMarked;
