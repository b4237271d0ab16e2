package dev.clade.zoo.tensor;

import dev.clade.fault.Fault;
import dev.clade.zoo.safetensors.Array;
import dev.clade.zoo.safetensors.Safetensors;
import dev.clade.zoo.safetensors.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a trainer keeps in a folder: one safetensors file of parameters and of its optimisers' state. Open for
/// reading until it is closed.
public final class Checkpoint implements AutoCloseable {

    private static final String FILE = "model.safetensors";

    private final Path path;
    private final Safetensors file;

    private Checkpoint(Path path, Safetensors file) {
        this.path = path;
        this.file = file;
    }

    /// @throws dev.clade.fault.Fault 3302 where the file is damaged
    public static Checkpoint open(Path folder) throws IOException {
        var path = folder.resolve(FILE);
        return new Checkpoint(path, Safetensors.open(path));
    }

    /// Takes parts from a folder, bit by bit.
    ///
    /// @param parts as they were saved
    /// @throws Fault 3302 where the file is damaged, 3306 where it is one of another model
    public static void load(Path folder, Map<String, ? extends Part> parts) throws IOException {
        try (var checkpoint = open(folder)) {
            parts.forEach((prefix, part) -> part.load(prefix, checkpoint));
        }
    }

    /// Writes parts into a folder.
    ///
    /// @param parts by the prefix of their names; the parameters have none, so that their names are a model's own
    /// @param metadata texts for people and other tools
    public static void save(Path folder, Map<String, ? extends Part> parts, Map<String, String> metadata)
            throws IOException {
        var arrays = new TreeMap<String, Array>();
        try (var _ = Scope.still()) {
            parts.forEach((prefix, part) -> part.save(prefix, arrays));
            Safetensors.write(folder.resolve(FILE), arrays, metadata);
        }
    }

    /// The array of this name, type and shape.
    ///
    /// @throws Fault 3306 where there is none
    Array need(String name, Type type, List<Long> shape) {
        return file.find(name)
                .filter(array -> array.type() == type && array.shape().equals(shape))
                .orElseThrow(() -> new Fault(
                        3306,
                        path + " is no checkpoint of this model.",
                        file.find(name)
                                .map(array -> "'" + name + "' as " + array.type() + " " + array.shape() + ".")
                                .orElse("no '" + name + "'."),
                        "'" + name + "' as " + type + " " + shape + ".",
                        "resume with the trainer and settings that wrote it."));
    }

    @Override
    public void close() {
        file.close();
    }

    /// Something that a checkpoint holds.
    public interface Part {

        /// Adds views of all arrays, under names with a prefix.
        void save(String prefix, Map<String, Array> arrays);

        /// Takes all arrays back, bit by bit.
        ///
        /// @throws Fault 3306 where one is missing or has another shape
        void load(String prefix, Checkpoint from);

        /// A part whose names stand behind one more prefix.
        static Part behind(String more, Part part) {
            return new Part() {
                @Override
                public void save(String prefix, Map<String, Array> arrays) {
                    part.save(prefix + more, arrays);
                }

                @Override
                public void load(String prefix, Checkpoint from) {
                    part.load(prefix + more, from);
                }
            };
        }
    }
}
