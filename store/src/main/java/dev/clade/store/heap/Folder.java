package dev.clade.store.heap;

import java.util.concurrent.ConcurrentSkipListMap;

/// A folder: what is in it, by name.
final class Folder implements Node {
    final ConcurrentSkipListMap<String, Node> entries = new ConcurrentSkipListMap<>();
}
