package dev.clade.zoo.safetensors;

import java.lang.foreign.MemorySegment;
import java.util.List;

/// An array of numbers: a view of memory, in row-major order and little-endian bytes. It is valid as long as its
/// memory.
///
/// @param shape the size of each dimension; empty for a single number
public record Array(Type type, List<Long> shape, MemorySegment bytes) {

    /// More dimensions than any tensor library takes; ours, so that no file can ask for more.
    static final int MOST_DIMENSIONS = 64;

    public Array {
        shape = List.copyOf(shape);
        if (shape.size() > MOST_DIMENSIONS || size(type, shape) != bytes.byteSize()) {
            throw new IllegalArgumentException(
                    "an array of " + type + " " + shape + " does not fill " + bytes.byteSize() + " bytes");
        }
    }

    /// The size of an array [bytes], or -1 where a dimension is negative or the size is beyond a long.
    static long size(Type type, List<Long> shape) {
        try {
            long size = type.bytes();
            for (long dimension : shape) {
                if (dimension < 0) {
                    return -1;
                }
                size = Math.multiplyExact(size, dimension);
            }
            return size;
        } catch (ArithmeticException beyond) {
            return -1;
        }
    }
}
