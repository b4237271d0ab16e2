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

/// An optimum that moves: after `t` steps of the horizon `T`,
///
/// ```
/// best(t) = from * (to / from)^(t / T)                                      the best hyperparameter
/// now(t)  = height * t / T * exp(-ln(h / best(t))^2 / (2 width^2))          what it allows
/// q <- q + (now(t) - q) / lag                                               a step, from q = 0
/// ```
///
/// so that the score follows, `lag` steps late, how well `h` fits at the time, and only who keeps up to
/// the end is good. Who is ready too seldom makes too few moves for that; who is ready too often under
/// noise moves at random. The steps are those that the weights have seen: a copy goes on at its donor's
/// `t`.
///
/// The metric is `score`, to be maximised, at most `height`, with normal noise of deviation `noise`, keyed by the
/// evaluation's seed.
final class Drift implements Trainer {

    /// Ours, all of them: with factors of 0.8 and 1.25, 20 ready points in the horizon just keep up, 10 do not.
    private static final double DEFAULT_FROM = 1;

    private static final double DEFAULT_TO = 0.2;
    private static final double DEFAULT_WIDTH = 0.3;
    private static final double DEFAULT_HEIGHT = 5;
    private static final int DEFAULT_HORIZON = 1000;
    private static final int DEFAULT_LAG = 20;
    private static final double LEAST = 1e-12;
    private static final double MOST = 1e12;

    private final Course course;
    private double q;
    private long trained;
    private double h;

    private record Course(double from, double to, double width, double height, int horizon, int lag, double noise) {

        double allowed(double h, long t) {
            double best = StrictMath.log(from) + StrictMath.log(to / from) * t / horizon;
            double off = (StrictMath.log(h) - best) / width;
            return height * t / horizon * StrictMath.exp(-off * off / 2);
        }
    }

    private Drift(Course course) {
        this.course = course;
    }

    static Trainer.Factory factory(Setting.Mapping settings) {
        var fields = Fields.of(settings, "the trainer 'drift'");
        fields.need("toy");
        var course = new Course(
                number(fields, "from", LEAST, DEFAULT_FROM),
                number(fields, "to", LEAST, DEFAULT_TO),
                number(fields, "width", LEAST, DEFAULT_WIDTH),
                number(fields, "height", LEAST, DEFAULT_HEIGHT),
                fields.find("horizon").map(s -> s.asCount(1)).orElse(DEFAULT_HORIZON),
                fields.find("lag").map(s -> s.asCount(1)).orElse(DEFAULT_LAG),
                number(fields, "noise", 0, 0));
        fields.end();
        return place -> new Drift(course);
    }

    private static double number(Fields fields, String name, double low, double otherwise) {
        return fields.find(name).map(s -> s.asReal(low, MOST)).orElse(otherwise);
    }

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        switch (start.origin()) {
            case Origin.Fresh fresh -> {
                q = 0;
                trained = 0;
            }
            case Origin.Resume(var folder) -> load(folder);
            case Origin.Copy(var folder) -> load(folder);
            case Origin.Keep keep -> {}
            case Origin.Blend blend -> throw new IllegalArgumentException("a drift does not blend");
            case Origin.Lane lane -> throw new IllegalArgumentException("a drift has no lanes");
        }
        h = start.values().real("h");
        return Hyperparameters.NONE.with("h", start.values().find("h").orElseThrow());
    }

    private void load(Path folder) throws IOException {
        var saved = Saved.read(folder, 2);
        q = saved[0];
        trained = (long) saved[1];
    }

    @Override
    public void train(Stretch stretch) {
        while (stretch.advance(1)) {
            q += (course.allowed(h, trained) - q) / course.lag();
            trained++;
        }
    }

    @Override
    public Evaluation evaluate(long seed) {
        double noise = course.noise() * Randomness.keyed(seed, 0, 0).of("noise").nextGaussian();
        return Evaluation.of("score", q + noise);
    }

    @Override
    public void save(Path folder) throws IOException {
        Saved.write(folder, q, trained);
    }
}
