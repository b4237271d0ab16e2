package dev.clade.zoo.digits;

import dev.clade.random.Randomness;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.member.Asked;
import dev.clade.zoo.member.Model;
import dev.clade.zoo.member.Stepwise;
import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Sgd;
import dev.clade.zoo.tensor.Weights;
import java.util.List;
import java.util.SequencedMap;

/// A member on the digits: minibatch gradient descent with momentum. A step is one update.
final class DigitsModel implements Stepwise<Segment> {

    /// Steps between live measurements of the training loss.
    static final int REPORT = 20;

    static final String NAME = "digits";

    private final Data data;
    private final int batch;
    private final Schedule schedule;
    private final Network network;
    private final Parameters parameters;
    private final Sgd optimiser;

    DigitsModel(Data data, Network network, int batch, Schedule schedule) {
        this.data = data;
        this.network = network;
        this.batch = batch;
        this.schedule = schedule;
        parameters = network.layout().build();
        optimiser = new Sgd(parameters);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Segment segment(Asked asked, Randomness random) {
        return new Segment(network, Values.of(asked), random, data.training().count());
    }

    @Override
    public void draw(Randomness random) {
        network.draw(parameters, random);
        optimiser.reset();
    }

    @Override
    public List<Weights> weights() {
        return List.of(parameters);
    }

    @Override
    public SequencedMap<String, Checkpoint.Part> parts() {
        return Model.parts(parameters, optimiser);
    }

    @Override
    public void step(Segment segment, Stretch stretch) {
        try (var _ = Scope.training()) {
            var images = data.training().picked(segment.next(batch), 0, batch);
            var values = segment.values();
            var loss = network.logits(parameters, images.pixels(), segment::dropped)
                    .crossEntropy(images.classes(), values.smoothing());
            loss.backward();
            optimiser.step(schedule.rate(values.lr(), stretch.step() - 1), values.momentum(), values.decay());
            if (stretch.step() % REPORT == 0) {
                stretch.report("training_loss", loss.item());
            }
        }
    }

    @Override
    public Evaluation evaluate(Segment segment, long seed) {
        return new Measuring(data, network, parameters).validation();
    }

    @Override
    public Evaluation report(Segment segment, long seed) {
        return new Measuring(data, network, parameters).test();
    }

    @Override
    public void close() {
        optimiser.close();
        parameters.close();
    }
}
