package dev.clade.zoo.member;

import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.tensor.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A member alone: a [Model] as a [Trainer].
public final class Solo<S> implements Trainer {

    private final Model<S> model;
    private final Placement placement;
    private Optional<S> segment = Optional.empty();

    private Solo(Model<S> model, Placement placement) {
        this.model = model;
        this.placement = placement;
    }

    /// Makes a model.
    @FunctionalInterface
    public interface Making<S> {
        Model<S> model() throws IOException;
    }

    /// A member with a model of its own.
    public static <S> Solo<S> of(Making<S> making, Placement placement) throws IOException {
        try (var _ = placement.open()) {
            return new Solo<>(making.model(), placement);
        }
    }

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        boolean inHand = segment.isPresent();
        segment = Optional.empty();
        var random = Randomness.keyed(start.seed(), 0, 0);
        var asked = Asked.of(model.name(), start.values());
        var next = model.segment(asked, random);
        try (var _ = placement.open()) {
            weigh(start.origin(), inHand, random);
        }
        segment = Optional.of(next);
        return asked.receipt();
    }

    private void weigh(Origin origin, boolean inHand, Randomness random) throws IOException {
        switch (origin) {
            case Origin.Keep _ -> {
                if (!inHand) {
                    throw new IllegalStateException("there is no model in hand to keep");
                }
            }
            case Origin.Fresh _ -> model.draw(random);
            case Origin.Resume(var folder) -> Checkpoint.load(folder, model.parts());
            case Origin.Copy(var folder) -> Checkpoint.load(folder, model.parts());
            case Origin.Blend(var folder, var keep, var fresh) -> {
                Checkpoint.load(folder, model.parts());
                Blending.blend(model.weights(), keep, fresh, () -> model.draw(random));
            }
            case Origin.Lane lane -> throw new IllegalArgumentException("there are no lanes: " + lane);
        }
    }

    @Override
    public void train(Stretch stretch) {
        var now = inHand();
        try (var _ = placement.open()) {
            model.train(now, stretch);
            placement.device().finish();
        }
    }

    @Override
    public Evaluation evaluate(long seed) {
        try (var _ = placement.open()) {
            return model.evaluate(inHand(), seed);
        }
    }

    @Override
    public Evaluation report(long seed) {
        try (var _ = placement.open()) {
            return model.report(inHand(), seed);
        }
    }

    @Override
    public void pictures(Path folder, long seed) throws IOException {
        try (var _ = placement.open()) {
            model.pictures(folder, seed);
        }
    }

    private S inHand() {
        return segment.orElseThrow(() -> new IllegalStateException("nothing has begun"));
    }

    @Override
    public void save(Path folder) throws IOException {
        try (var _ = placement.open()) {
            Checkpoint.save(folder, model.parts(), Map.of("trainer", "zoo: " + model.name()));
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
