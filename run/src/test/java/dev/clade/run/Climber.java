package dev.clade.run;

import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// A model of one number, which grows by `x` a step plus what the segment's seed draws; it fails where a script
/// says so.
public final class Climber implements Trainer {

    private final Script script;
    private double height;
    private Hyperparameters values = Hyperparameters.NONE;
    private Randomness random = Randomness.keyed(0, 0, 0);

    /// What happens at each call of a method: nothing, or something that is thrown, or a wait.
    @FunctionalInterface
    public interface Script {
        Script NOTHING = (call, climber) -> {};

        void at(Call call, Climber climber) throws IOException;
    }

    public enum Call {
        BEGIN,
        TRAIN,
        EVALUATE,
        SAVE
    }

    public Climber(Script script) {
        this.script = script;
    }

    public double x() {
        return values.real("x");
    }

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        switch (start.origin()) {
            case Origin.Fresh fresh -> height = 0;
            case Origin.Keep keep -> {}
            case Origin.Resume(var folder) -> height = read(folder);
            case Origin.Copy(var folder) -> height = read(folder);
            case Origin.Blend blend -> throw new IllegalArgumentException("no blend");
            case Origin.Lane lane -> throw new IllegalArgumentException("no lanes");
        }
        values = start.values();
        random = Randomness.keyed(start.seed(), 0, 0);
        script.at(Call.BEGIN, this);
        return values;
    }

    private static double read(Path folder) throws IOException {
        return Double.parseDouble(Files.readString(folder.resolve("height")));
    }

    @Override
    public void train(Stretch stretch) {
        var noise = random.of("steps");
        while (stretch.advance(1)) {
            height += x() + 0.1 * noise.nextGaussian();
            stretch.report("height", height);
            call(Call.TRAIN);
        }
    }

    private void call(Call call) {
        try {
            script.at(call, this);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public Evaluation evaluate(long seed) {
        call(Call.EVALUATE);
        double noise = 0.01 * Randomness.keyed(seed, 0, 0).of("noise").nextGaussian();
        return new Evaluation(new TreeMap<>(Map.of("q", Reading.of(height + noise))));
    }

    @Override
    public void save(Path folder) throws IOException {
        script.at(Call.SAVE, this);
        Files.writeString(folder.resolve("height"), Double.toString(height));
    }
}
