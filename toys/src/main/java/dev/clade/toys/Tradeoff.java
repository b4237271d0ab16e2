package dev.clade.toys;

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

/// Two aims that cannot both be had. The weights (a, b) begin at (0, 0); the metrics are
///
/// ```
/// gain = 1 - (a - 1)^2 - b^2        the higher the better: 1 at (1, 0)
/// cost = a^2 + (b - 1)^2            the lower the better: 0 at (0, 1)
/// ```
///
/// and training descends `h * (1 - gain) + (1 - h) * cost` at rate 0.01. The weights tend to (h, 1 - h), a point of the
/// front: `gain = 1 - 2 (1 - h)^2`, `cost = 2 h^2`. One hyperparameter, `h`, from 0 to 1.
final class Tradeoff implements Trainer {

    private static final double RATE = 0.01;

    private double a;
    private double b;
    private double h;

    static Trainer.Factory factory(Setting.Mapping settings) {
        var fields = Fields.of(settings, "the trainer 'tradeoff'");
        fields.need("toy");
        fields.end();
        return place -> new Tradeoff();
    }

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        switch (start.origin()) {
            case Origin.Fresh fresh -> set(0, 0);
            case Origin.Resume(var folder) -> load(folder);
            case Origin.Copy(var folder) -> load(folder);
            case Origin.Keep keep -> {}
            case Origin.Blend blend -> throw new IllegalArgumentException("a tradeoff does not blend");
            case Origin.Lane lane -> throw new IllegalArgumentException("a tradeoff has no lanes");
        }
        h = start.values().real("h");
        return start.values();
    }

    private void load(Path folder) throws IOException {
        var saved = Saved.read(folder, 2);
        set(saved[0], saved[1]);
    }

    private void set(double newA, double newB) {
        a = newA;
        b = newB;
    }

    @Override
    public void train(Stretch stretch) {
        while (stretch.advance(1)) {
            a += RATE * 2 * (h - a);
            b += RATE * 2 * (1 - h - b);
        }
    }

    @Override
    public Evaluation evaluate(long seed) {
        return Evaluation.of("gain", 1 - (a - 1) * (a - 1) - b * b).and("cost", a * a + (b - 1) * (b - 1));
    }

    @Override
    public void save(Path folder) throws IOException {
        Saved.write(folder, a, b);
    }
}
