package dev.clade.toys;

import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Capability;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Place;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The two toys of Chebykin, Alderliesten, Bosman ("To be greedy", TMLR 2025): a weight theta decays from 0.9 by
/// `0.001 * 2 * rate(h) * theta` a step, and the metric `loss` is theta, to be minimised.
///
/// *Plain*: `rate = 2 - h`; the best is h = 0 at once, greed is right. *Deceptive*: `rate = max(0, 2 - h - 0.2 sum_i
/// |h_i - (T - i s) / T|)` over the values `h_i` that the weights were trained under, one for each `s` steps of the
/// horizon T; the best is h falling linearly from 1 to 0, and greed, which lowers h at once, pays later.
///
/// A blend is `keep theta + fresh 0.9`; the history of h stays as it is. So a blend with `keep + fresh < 1` gives loss
/// away for nothing here.
final class Decay implements Trainer {

    private static final double START = 0.9;
    private static final double RATE = 0.001;
    private static final double PENALTY = 0.2;
    private static final int DEFAULT_HORIZON = 1000;
    private static final int DEFAULT_STAGE = 20;

    private final boolean deceptive;
    private final int horizon;
    private final int stage;
    private double theta = START;
    private double h;
    private final List<Double> history = new ArrayList<>();
    private long trained;

    private Decay(boolean deceptive, int horizon, int stage) {
        this.deceptive = deceptive;
        this.horizon = horizon;
        this.stage = stage;
    }

    static Trainer.Factory factory(Setting.Mapping settings, boolean deceptive) {
        var fields = Fields.of(settings, "the trainer '" + (deceptive ? "deceptive" : "plain") + "'");
        fields.need("toy");
        int horizon = fields.find("horizon").map(s -> s.asCount(1)).orElse(DEFAULT_HORIZON);
        int stage = fields.find("stage").map(s -> s.asCount(1)).orElse(DEFAULT_STAGE);
        fields.end();
        return new Trainer.Factory() {
            @Override
            public Trainer create(Place place) {
                return new Decay(deceptive, horizon, stage);
            }

            @Override
            public Set<Capability> capabilities() {
                return Set.of(Capability.BLEND);
            }
        };
    }

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        switch (start.origin()) {
            case Origin.Fresh fresh -> {
                theta = START;
                trained = 0;
                history.clear();
            }
            case Origin.Resume(var folder) -> load(folder);
            case Origin.Copy(var folder) -> load(folder);
            case Origin.Keep keep -> {}
            case Origin.Blend(var folder, var keep, var fresh) -> {
                load(folder);
                theta = keep * theta + fresh * START;
            }
            case Origin.Lane lane -> throw new IllegalArgumentException("a decay has no lanes");
        }
        h = start.values().real("h");
        return start.values();
    }

    private void load(Path folder) throws IOException {
        int stages = (horizon + stage - 1) / stage;
        var saved = Saved.read(folder, 3 + stages);
        theta = saved[0];
        trained = (long) saved[1];
        history.clear();
        for (int i = 0; i < saved[2]; i++) {
            history.add(saved[3 + i]);
        }
    }

    @Override
    public void train(Stretch stretch) {
        while (stretch.advance(1)) {
            if (trained % stage == 0 && history.size() < (horizon + stage - 1) / stage) {
                history.add(h);
            }
            theta -= RATE * 2 * rate() * theta;
            trained++;
        }
    }

    private double rate() {
        if (!deceptive) {
            return 2 - h;
        }
        double sum = 0;
        for (int i = 0; i < history.size(); i++) {
            sum += Math.abs(history.get(i) - (double) (horizon - i * stage) / horizon);
        }
        return Math.max(2 - h - PENALTY * sum, 0);
    }

    @Override
    public Evaluation evaluate(long seed) {
        return Evaluation.of("loss", theta);
    }

    @Override
    public void save(Path folder) throws IOException {
        int stages = (horizon + stage - 1) / stage;
        var numbers = new double[3 + stages];
        numbers[0] = theta;
        numbers[1] = trained;
        numbers[2] = history.size();
        for (int i = 0; i < history.size(); i++) {
            numbers[3 + i] = history.get(i);
        }
        Saved.write(folder, numbers);
    }
}
