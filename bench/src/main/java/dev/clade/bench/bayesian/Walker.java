package dev.clade.bench.bayesian;

import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A trainer that has nothing to learn: what it measures is the height of a terrain at its hyperparameters.
final class Walker implements Trainer {

    static final String METRIC = "height";

    private final Terrain terrain;
    private Hyperparameters values = Hyperparameters.NONE;

    Walker(Terrain terrain) {
        this.terrain = terrain;
    }

    @Override
    public Hyperparameters begin(Start start) {
        values = start.values();
        return values;
    }

    @Override
    public void train(Stretch stretch) {
        stretch.advance(stretch.remaining());
    }

    @Override
    public Evaluation evaluate(long seed) {
        return Evaluation.of(METRIC, terrain.at(values));
    }

    @Override
    public void save(Path folder) throws IOException {
        Files.writeString(folder.resolve("state"), values.toString());
    }
}
