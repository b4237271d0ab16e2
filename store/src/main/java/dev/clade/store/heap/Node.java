package dev.clade.store.heap;

/// What a path leads to.
sealed interface Node permits Folder, Bytes {}
