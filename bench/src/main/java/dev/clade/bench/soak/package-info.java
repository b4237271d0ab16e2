/// Whether memory stays flat over many updates: `bench/run soak`. [dev.clade.bench.soak.Soak] is the program;
/// `Subject`, what is updated: `Optimisers`, or workloads of the zoo.
@NullMarked
package dev.clade.bench.soak;

import org.jspecify.annotations.NullMarked;
