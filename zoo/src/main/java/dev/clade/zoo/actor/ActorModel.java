package dev.clade.zoo.actor;

import dev.clade.random.Randomness;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.member.Asked;
import dev.clade.zoo.member.Model;
import dev.clade.zoo.member.Stepwise;
import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.RmsProp;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;

/// A member that learns to play: advantage actor-critic on several copies of a world at once (Mnih et al.
/// 2016, arXiv 1602.01783, with one synchronous learner). A step is one update, of `unroll x environments`
/// frames.
final class ActorModel implements Stepwise<Segment> {

    static final String NAME = "actor";

    private final Settings settings;
    private final Choice choice;
    private final Network network;
    private final Parameters parameters;
    private final RmsProp optimiser;

    ActorModel(Settings settings) {
        this(settings, Choice.SAMPLED);
    }

    /// @param choice of actions in training
    ActorModel(Settings settings, Choice choice) {
        this.settings = settings;
        this.choice = choice;
        network = Network.of(settings.world());
        parameters = network.layout().build();
        optimiser = new RmsProp(parameters);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Segment segment(Asked asked, Randomness random) {
        return Segment.of(Values.alone(asked, settings.unroll()), settings, choice, random);
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
            var values = segment.values();
            var loss = new Playing(List.of(segment), this::outputs, network.outputs()).loss();
            loss.sum(List.of(values)).backward();
            parameters.clip(settings.clip());
            optimiser.step(values.lr(), settings.decay(), settings.epsilon());
            Playing.report(List.of(segment), List.of(stretch), loss);
        }
    }

    /// As one of one, `(1, N, seen)` to `(1, N, outputs)`.
    private Tensor outputs(Tensor seen) {
        return network.outputs(parameters, seen).reshape(1, -1, network.outputs());
    }

    @Override
    public Evaluation evaluate(Segment segment, long seed) {
        return Episodes.EVALUATED.played(settings, List.of(seed), this::outputs).getFirst();
    }

    @Override
    public Evaluation report(Segment segment, long seed) {
        return Episodes.REPORTED.played(settings, List.of(seed), this::outputs).getFirst();
    }

    @Override
    public void pictures(Path folder, long seed) throws IOException {
        Pictures.draw(settings, seed, this::outputs, folder);
    }

    @Override
    public void close() {
        optimiser.close();
        parameters.close();
    }
}
