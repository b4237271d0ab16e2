/// Checkpoints in a folder of the file system.
@NullMarked
package dev.clade.store.folder;

import org.jspecify.annotations.NullMarked;
