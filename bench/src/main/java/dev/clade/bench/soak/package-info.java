/// Whether memory stays flat over many updates: `bench/run soak`. [dev.clade.bench.soak.Soak] is the program;
/// `Subject`, what is updated.
@NullMarked
package dev.clade.bench.soak;

import org.jspecify.annotations.NullMarked;
