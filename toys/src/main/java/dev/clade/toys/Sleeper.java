package dev.clade.toys;

import dev.clade.random.Randomness;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// Sleeps a fixed time a step, and gains what its hyperparameter `gain` says: for the cost of everything but
/// training. The metric is `score`, with a little keyed noise.
final class Sleeper implements Trainer {

    private static final Duration DEFAULT_STEP = Duration.ofMillis(1);
    private static final double NOISE = 1e-3;

    private final Duration step;
    private double score;
    private double gain;

    private Sleeper(Duration step) {
        this.step = step;
    }

    static Trainer.Factory factory(Setting.Mapping settings) {
        var fields = Fields.of(settings, "the trainer 'sleeper'");
        fields.need("toy");
        var step = fields.find("step").map(Setting::asDuration).orElse(DEFAULT_STEP);
        fields.end();
        return place -> new Sleeper(step);
    }

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        switch (start.origin()) {
            case Origin.Fresh fresh -> score = 0;
            case Origin.Resume(var folder) -> score = Saved.read(folder, 1)[0];
            case Origin.Copy(var folder) -> score = Saved.read(folder, 1)[0];
            case Origin.Keep keep -> {}
            case Origin.Blend blend -> throw new IllegalArgumentException("a sleeper does not blend");
            case Origin.Lane lane -> throw new IllegalArgumentException("a sleeper has no lanes");
        }
        gain = start.values().real("gain");
        return start.values();
    }

    @Override
    public void train(Stretch stretch) {
        while (stretch.advance(1)) {
            stretch.spend(step);
            score += gain;
        }
    }

    @Override
    public Evaluation evaluate(long seed) {
        double noise = NOISE * Randomness.keyed(seed, 0, 0).of("noise").nextGaussian();
        return Evaluation.of("score", score + noise);
    }

    @Override
    public void save(Path folder) throws IOException {
        Saved.write(folder, score);
    }
}
