package dev.clade.zoo.safetensors;

import java.util.Arrays;
import java.util.Optional;

/// The element types that fill whole bytes. The constants are named as in files and stand in the order in which
/// the authors' library writes their arrays, wide ones first.
public enum Type {
    U64(8),
    I64(8),
    F64(8),
    F32(4),
    U32(4),
    I32(4),
    BF16(2),
    F16(2),
    U16(2),
    I16(2),
    F8_E4M3(1),
    F8_E5M2(1),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    Type(int bytes) {
        this.bytes = bytes;
    }

    /// The size of an element [bytes].
    public int bytes() {
        return bytes;
    }

    static Optional<Type> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }
}
