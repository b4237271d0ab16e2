/// A file system on the heap, for trainers that are simulated: a save and a load touch no disk.
@NullMarked
package dev.clade.store.heap;

import org.jspecify.annotations.NullMarked;
