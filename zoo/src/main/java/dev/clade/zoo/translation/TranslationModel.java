package dev.clade.zoo.translation;

import dev.clade.random.Randomness;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.member.Asked;
import dev.clade.zoo.member.Model;
import dev.clade.zoo.member.Stepwise;
import dev.clade.zoo.tensor.Adam;
import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;

/// A member that learns to translate, by Adam. A step is one update.
final class TranslationModel implements Stepwise<Segment> {

    /// Steps between live measurements of the training loss.
    static final int REPORT = 20;

    static final String NAME = "translation";

    /// Vaswani et al. 2017, section 5.3.
    private static final double BETA1 = 0.9;

    private static final double BETA2 = 0.98;

    private final Data data;
    private final int batch;
    private final Network network;
    private final Parameters parameters;
    private final Adam optimiser;

    TranslationModel(Data data, Shape shape, int batch) {
        this.data = data;
        this.batch = batch;
        network = new Network(shape, data.vocabulary().size());
        parameters = network.layout().build();
        optimiser = new Adam(parameters);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Segment segment(Asked asked, Randomness random) {
        return new Segment(Values.of(asked, network.layers()), random, data.training(), batch);
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
            var pairs = segment.next();
            var values = segment.values();
            var loss = network.loss(
                    parameters,
                    pairs.stream().map(Data.Pair::source).toList(),
                    pairs.stream().map(Data.Pair::target).toList(),
                    values.smoothing(),
                    segment::dropped);
            loss.backward();
            optimiser.step(values.lr(), BETA1, BETA2);
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
    public void pictures(Path folder, long seed) throws IOException {
        new Pictures(data, network, parameters).draw(folder, seed);
    }

    @Override
    public void close() {
        optimiser.close();
        parameters.close();
    }
}
