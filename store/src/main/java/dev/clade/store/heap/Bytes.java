package dev.clade.store.heap;

/// A file. What it holds is replaced, never changed.
final class Bytes implements Node {
    volatile byte[] held = new byte[0];
}
