/// An experiment that lives as long as its process: for tests, simulation and toys.
@NullMarked
package dev.clade.store.memory;

import org.jspecify.annotations.NullMarked;
