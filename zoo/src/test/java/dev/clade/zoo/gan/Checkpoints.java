package dev.clade.zoo.gan;

import dev.clade.zoo.safetensors.Safetensors;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a save holds.
final class Checkpoints {

    private Checkpoints() {}

    static Map<String, List<Byte>> arrays(Path save) throws IOException {
        var arrays = new TreeMap<String, List<Byte>>();
        try (var file = Safetensors.open(Tasks.file(save))) {
            file.arrays().forEach((name, array) -> {
                var bytes = new ArrayList<Byte>();
                for (byte one : array.bytes().toArray(ValueLayout.JAVA_BYTE)) {
                    bytes.add(one);
                }
                arrays.put(name, bytes);
            });
        }
        return arrays;
    }
}
