package dev.clade.bench.paper;

import dev.clade.random.Philox;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Climbs by `h` at a step, from a beginning of its own, with parameters of every kind that change nothing.
public final class Hill implements Trainer {

    private double height;
    private Hyperparameters values = Hyperparameters.NONE;

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        switch (start.origin()) {
            case Origin.Keep _ -> {}
            case Origin.Resume(var folder) -> load(folder);
            case Origin.Copy(var folder) -> load(folder);
            default -> height = Philox.keyed(start.seed(), 0, 0, "height").nextDouble();
        }
        values = start.values();
        return values;
    }

    @Override
    public void train(Stretch stretch) {
        while (stretch.advance(1)) {
            height += values.real("h");
        }
    }

    @Override
    public Evaluation evaluate(long seed) {
        return Evaluation.of(
                "score", height + 0.01 * Philox.keyed(seed, 0, 0, "noise").nextGaussian());
    }

    @Override
    public Evaluation report(long seed) {
        return Evaluation.of("test", height).and("depth", -height);
    }

    @Override
    public void save(Path folder) throws IOException {
        Files.writeString(folder.resolve("height"), Double.toString(height));
    }

    private void load(Path folder) throws IOException {
        height = Double.parseDouble(Files.readString(folder.resolve("height")));
    }
}
