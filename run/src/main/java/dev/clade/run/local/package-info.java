/// The local engine: the slots of one process, on platform threads.
@NullMarked
package dev.clade.run.local;

import org.jspecify.annotations.NullMarked;
