package dev.clade.zoo.member;

import dev.clade.zoo.safetensors.Safetensors;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a member saved into a folder.
public record Saved(Path folder) {

    public Path file() {
        return folder.resolve("model.safetensors");
    }

    public byte[] bytes() throws IOException {
        return Files.readAllBytes(file());
    }

    /// The bytes of all arrays, by name.
    public SortedMap<String, byte[]> arrays() throws IOException {
        var arrays = new TreeMap<String, byte[]>();
        try (var file = Safetensors.open(file())) {
            file.arrays()
                    .forEach((name, array) -> arrays.put(name, array.bytes().toArray(ValueLayout.JAVA_BYTE)));
        }
        return arrays;
    }

    /// All arrays as numbers, by name.
    public SortedMap<String, float[]> numbers() throws IOException {
        var numbers = new TreeMap<String, float[]>();
        try (var file = Safetensors.open(file())) {
            file.arrays()
                    .forEach((name, array) ->
                            numbers.put(name, array.bytes().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED)));
        }
        return numbers;
    }

    /// Those of the networks.
    public SortedMap<String, float[]> weights() throws IOException {
        var weights = numbers();
        weights.keySet().removeIf(Saved::ofAnOptimiser);
        return weights;
    }

    /// Whether an array is what an optimiser knows.
    static boolean ofAnOptimiser(String name) {
        return name.contains("optimiser");
    }
}
