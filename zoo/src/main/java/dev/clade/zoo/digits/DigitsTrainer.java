package dev.clade.zoo.digits;

import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Library;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Sgd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A member on the digits: minibatch gradient descent with momentum. A step is one update.
final class DigitsTrainer implements Trainer {

    /// Steps between live measurements of the training loss.
    static final int REPORT = 20;

    static final String OPTIMISER = "optimiser.";

    static final Map<String, String> METADATA = Map.of("trainer", "zoo: digits");

    private final Data data;
    private final int batch;
    private final Schedule schedule;
    private final int threads;
    private final Model model;
    private final Sgd optimiser;
    private Optional<Segment> segment = Optional.empty();

    DigitsTrainer(Data data, Network network, int batch, Schedule schedule, int threads) {
        this.data = data;
        this.batch = batch;
        this.schedule = schedule;
        this.threads = threads;
        Library.threads(threads);
        model = Model.build(network);
        optimiser = new Sgd(model.parameters());
    }

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        boolean inHand = segment.isPresent();
        segment = Optional.empty();
        Library.threads(threads);
        var random = Randomness.keyed(start.seed(), 0, 0);
        try (var _ = Scope.still()) {
            switch (start.origin()) {
                case Origin.Keep _ -> {
                    if (!inHand) {
                        throw new IllegalStateException("there is no model in hand to keep");
                    }
                }
                case Origin.Fresh _ -> fresh(random);
                case Origin.Resume(var folder) -> load(folder);
                case Origin.Copy(var folder) -> load(folder);
                case Origin.Blend(var folder, var keep, var fresh) -> blend(folder, keep, fresh, random);
                case Origin.Lane lane -> throw new IllegalArgumentException("there are no lanes: " + lane);
            }
        }
        var values = Values.of(start.values());
        segment = Optional.of(
                new Segment(model.network(), values, random, data.training().count()));
        return values.receipt(start.values());
    }

    private void fresh(Randomness random) {
        model.draw(random);
        optimiser.reset();
    }

    private void load(Path folder) throws IOException {
        try (var checkpoint = Checkpoint.open(folder)) {
            model.parameters().load("", checkpoint);
            optimiser.load(OPTIMISER, checkpoint);
        }
    }

    /// The velocity belongs to weights that are no more: it starts anew.
    private void blend(Path folder, double keep, double fresh, Randomness random) throws IOException {
        load(folder);
        var all = model.parameters().all();
        var old = all.times(keep);
        fresh(random);
        all.timesHere(fresh).plusHere(old, 1);
    }

    @Override
    public void train(Stretch stretch) {
        var now = segment.orElseThrow(() -> new IllegalStateException("train before begin"));
        while (stretch.advance(1)) {
            step(now, stretch);
        }
    }

    private void step(Segment now, Stretch stretch) {
        try (var _ = Scope.training()) {
            var images = data.training().picked(now.next(batch), 0, batch);
            var values = now.values();
            var loss = model.network()
                    .logits(model.parameters(), images.pixels(), now::dropped)
                    .crossEntropy(images.classes(), values.smoothing());
            loss.backward();
            optimiser.step(schedule.rate(values.lr(), stretch.step() - 1), values.momentum(), values.decay());
            if (stretch.step() % REPORT == 0) {
                stretch.report("training_loss", loss.item());
            }
        }
    }

    @Override
    public Evaluation evaluate(long seed) {
        return new Measuring(data, model.network(), model.parameters()).validation();
    }

    @Override
    public Evaluation report(long seed) {
        return new Measuring(data, model.network(), model.parameters()).test();
    }

    @Override
    public void save(Path folder) throws IOException {
        Checkpoint.save(folder, Map.of("", model.parameters(), OPTIMISER, optimiser), METADATA);
    }

    @Override
    public void close() {
        optimiser.close();
        model.parameters().close();
    }
}
