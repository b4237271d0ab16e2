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
import java.util.List;

/// Several hyperparameters that must fit together, each with an optimum that moves; `h` is a vector of any size. After
/// `t` steps of the horizon `T`,
///
/// ```
/// best_i(t) = from * (to / from)^(t / T)          for even i; from `to` to `from` for odd i
/// fit(t)    = 1 / (1 + sum_i (ln(h_i / best_i(t)) / width)^2)
/// q <- q + height * fit(t) / T                    a step, from q = 0
/// ```
///
/// so that the score is how well the schedule has fitted on the way, at most `height`. Half of the hyperparameters have
/// to grow while the others shrink: a population that moves all of them at random needs many members, one that models
/// what fits needs few. The steps are those that the weights have seen.
///
/// The metric is `score`, to be maximised, with normal noise of deviation `noise`, keyed by the evaluation's seed.
final class Ridge implements Trainer {

    /// Ours, all of them.
    private static final double DEFAULT_FROM = 0.5;

    private static final double DEFAULT_TO = 0.05;
    private static final double DEFAULT_WIDTH = 1;
    private static final double DEFAULT_HEIGHT = 1;
    private static final int DEFAULT_HORIZON = 1000;
    private static final double LEAST = 1e-12;
    private static final double MOST = 1e12;

    private final Course course;
    private double q;
    private long trained;
    private List<Double> h = List.of();

    private record Course(double from, double to, double width, double height, int horizon, double noise) {

        double fit(List<Double> h, long t) {
            double sum = 0;
            for (int i = 0; i < h.size(); i++) {
                double way = i % 2 == 0 ? (double) t / horizon : 1 - (double) t / horizon;
                double best = StrictMath.log(from) + StrictMath.log(to / from) * way;
                double off = (StrictMath.log(h.get(i)) - best) / width;
                sum += off * off;
            }
            return 1 / (1 + sum);
        }
    }

    private Ridge(Course course) {
        this.course = course;
    }

    static Trainer.Factory factory(Setting.Mapping settings) {
        var fields = Fields.of(settings, "the trainer 'ridge'");
        fields.need("toy");
        var course = new Course(
                number(fields, "from", LEAST, DEFAULT_FROM),
                number(fields, "to", LEAST, DEFAULT_TO),
                number(fields, "width", LEAST, DEFAULT_WIDTH),
                number(fields, "height", LEAST, DEFAULT_HEIGHT),
                fields.find("horizon").map(s -> s.asCount(1)).orElse(DEFAULT_HORIZON),
                number(fields, "noise", 0, 0));
        fields.end();
        return place -> new Ridge(course);
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
            case Origin.Blend blend -> throw new IllegalArgumentException("a ridge does not blend");
            case Origin.Lane lane -> throw new IllegalArgumentException("a ridge has no lanes");
        }
        h = start.values().vector("h");
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
            q += course.height() * course.fit(h, trained) / course.horizon();
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
