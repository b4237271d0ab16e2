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

/// A learning curve that is a power of the steps trained, as those of networks are in the mean (Hestness et al. 2017,
/// arXiv 1712.00409): under one `h` for `t` steps the loss is
///
/// ```
/// loss(t) = floor + scale * (1 + t)^-b      b = exponent * exp(-ln(h / best)^2 / (2 width^2))
/// ```
///
/// The state is the excess `e = loss - floor`. Another `h` goes on from the same excess along its own curve: a step is
/// `e <- e * (1 + 1/u)^-b` with `u = (e / scale)^(-1/b)`, the place on that curve.
///
/// The metric is `loss`, to be minimised, with normal noise of deviation `noise`, keyed by the evaluation's seed.
final class PowerLaw implements Trainer {

    /// Ours, all of them.
    private static final double DEFAULT_BEST = 0.1;

    private static final double DEFAULT_WIDTH = 1;
    private static final double DEFAULT_EXPONENT = 0.5;
    private static final double DEFAULT_FLOOR = 0.1;
    private static final double DEFAULT_SCALE = 1;
    private static final double LEAST = 1e-12;
    private static final double MOST = 1e12;

    private final Curve curve;
    private double excess;
    private double b;

    /// @param width how far off, in the logarithm of `h`, costs a factor of `exp(-1/2)` of the exponent
    private record Curve(double best, double width, double exponent, double floor, double scale, double noise) {

        double exponentOf(double h) {
            double off = StrictMath.log(h / best) / width;
            return exponent * StrictMath.exp(-off * off / 2);
        }
    }

    private PowerLaw(Curve curve) {
        this.curve = curve;
        this.excess = curve.scale();
    }

    static Trainer.Factory factory(Setting.Mapping settings) {
        var fields = Fields.of(settings, "the trainer 'power_law'");
        fields.need("toy");
        var curve = new Curve(
                number(fields, "best", LEAST, DEFAULT_BEST),
                number(fields, "width", LEAST, DEFAULT_WIDTH),
                number(fields, "exponent", 0, DEFAULT_EXPONENT),
                number(fields, "floor", 0, DEFAULT_FLOOR),
                number(fields, "scale", LEAST, DEFAULT_SCALE),
                number(fields, "noise", 0, 0));
        fields.end();
        return place -> new PowerLaw(curve);
    }

    private static double number(Fields fields, String name, double low, double otherwise) {
        return fields.find(name).map(s -> s.asReal(low, MOST)).orElse(otherwise);
    }

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        switch (start.origin()) {
            case Origin.Fresh fresh -> excess = curve.scale();
            case Origin.Resume(var folder) -> excess = Saved.read(folder, 1)[0];
            case Origin.Copy(var folder) -> excess = Saved.read(folder, 1)[0];
            case Origin.Keep keep -> {}
            case Origin.Blend blend -> throw new IllegalArgumentException("a power law does not blend");
            case Origin.Lane lane -> throw new IllegalArgumentException("a power law has no lanes");
        }
        b = curve.exponentOf(start.values().real("h"));
        return Hyperparameters.NONE.with("h", start.values().find("h").orElseThrow());
    }

    @Override
    public void train(Stretch stretch) {
        while (stretch.advance(1)) {
            excess *= b == 0 ? 1 : StrictMath.pow(1 + 1 / place(), -b);
        }
    }

    /// How many steps under the present `h` alone would have led here, and one more.
    private double place() {
        return StrictMath.pow(excess / curve.scale(), -1 / b);
    }

    @Override
    public Evaluation evaluate(long seed) {
        double noise = curve.noise() * Randomness.keyed(seed, 0, 0).of("noise").nextGaussian();
        return Evaluation.of("loss", curve.floor() + excess + noise);
    }

    @Override
    public void save(Path folder) throws IOException {
        Saved.write(folder, excess);
    }
}
