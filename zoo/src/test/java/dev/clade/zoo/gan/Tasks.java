package dev.clade.zoo.gan;

import dev.clade.random.Philox;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.zoo.digits.Synthetic;
import dev.clade.zoo.images.Dataset;
import dev.clade.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Small tasks for tests, on images that nobody wrote by hand. All share one pair of classifiers.
final class Tasks {

    private static final Dataset DATA = data();
    private static final Judges JUDGES = new Judges(DATA);
    private static final Map<Objective, Task> TASKS = new EnumMap<>(Objective.class);

    static {
        for (var objective : Objective.values()) {
            TASKS.put(objective, new Task(DATA, JUDGES, objective, 8, 200));
        }
    }

    private Tasks() {}

    private static Dataset data() {
        try {
            var folder = Files.createTempDirectory("gan");
            try {
                return Dataset.read(Synthetic.written(folder, 300, 100), Optional.empty(), "gan");
            } finally {
                Files.delete(folder.resolve("optdigits.tra"));
                Files.delete(folder.resolve("optdigits.tes"));
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Task of(Objective objective) {
        return TASKS.get(objective);
    }

    static Hyperparameters values(double generatorRate, double discriminatorRate, int discriminatorSteps) {
        return new Hyperparameters(new TreeMap<>(Map.of(
                "generator_lr", new Value.Real(generatorRate),
                "discriminator_lr", new Value.Real(discriminatorRate),
                "discriminator_steps", new Value.Whole(discriminatorSteps))));
    }

    static Tensor random(String purpose, int... shape) {
        int count = 1;
        var dimensions = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            count *= shape[i];
            dimensions[i] = shape[i];
        }
        var values = new float[count];
        Latent.draw(Philox.keyed(5, 0, 0, purpose), values, 0, count);
        return Tensor.of(values, dimensions);
    }

    /// The written file of a checkpoint.
    static Path file(Path folder) {
        return folder.resolve("model.safetensors");
    }
}
