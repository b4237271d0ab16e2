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

/// The paper's example (Jaderberg et al. 2017, figure 2). Wanted is the maximum of `Q(a, b) = 1.2 - (a^2 + b^2)`;
/// what the optimiser follows is the surrogate `1.2 - (h0 a^2 + h1 b^2)`, by gradient steps of rate 0.01 from (0.9,
/// 0.9). The hyperparameters are `h0` and `h1`. With (1, 0) and (0, 1) each of two members can zero one coordinate
/// only, and ends at Q = 0.39; together they reach 1.2.
///
/// The metric is `Q`. Starts and Q are symmetric in a and b to the last bit (the sum is taken first), so that members
/// that meet at the same step tie exactly.
final class Quadratic implements Trainer {

    private static final double START = 0.9;
    private static final double RATE = 0.01;

    private double a = START;
    private double b = START;
    private double h0;
    private double h1;

    static Trainer.Factory factory(Setting.Mapping settings) {
        var fields = Fields.of(settings, "the trainer 'quadratic'");
        fields.need("toy");
        fields.end();
        return place -> new Quadratic();
    }

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        switch (start.origin()) {
            case Origin.Fresh fresh -> set(START, START);
            case Origin.Resume(var folder) -> load(folder);
            case Origin.Copy(var folder) -> load(folder);
            case Origin.Keep keep -> {}
            case Origin.Blend blend -> throw new IllegalArgumentException("a quadratic does not blend");
            case Origin.Lane lane -> throw new IllegalArgumentException("a quadratic has no lanes");
        }
        h0 = start.values().real("h0");
        h1 = start.values().real("h1");
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
            a -= RATE * 2 * h0 * a;
            b -= RATE * 2 * h1 * b;
        }
    }

    @Override
    public Evaluation evaluate(long seed) {
        return Evaluation.of("Q", 1.2 - (a * a + b * b));
    }

    @Override
    public void save(Path folder) throws IOException {
        Saved.write(folder, a, b);
    }
}
