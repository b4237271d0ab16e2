package dev.clade.zoo.tensor;

import dev.clade.zoo.safetensors.Array;
import dev.clade.zoo.safetensors.Type;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/// A row of float32 numbers in Java's memory that a checkpoint holds beside the weights.
public final class Numbers implements Checkpoint.Part {

    private final String name;
    private final float[] values;

    /// @param name theirs in the checkpoint, behind the prefix
    /// @param count how many, all of them 0
    public Numbers(String name, int count) {
        this.name = name;
        values = new float[count];
    }

    /// They themselves: they may be changed.
    public float[] values() {
        return values;
    }

    @Override
    public void save(String prefix, Map<String, Array> arrays) {
        var bytes = ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(values);
        arrays.put(prefix + name, new Array(Type.F32, List.of((long) values.length), MemorySegment.ofBuffer(bytes)));
    }

    @Override
    public void load(String prefix, Checkpoint from) {
        var array = from.need(prefix + name, Type.F32, List.of((long) values.length));
        MemorySegment.ofArray(values).copyFrom(array.bytes());
    }
}
