package dev.clade.zoo.digits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.member.SoloContract;
import dev.clade.zoo.member.Steps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsModelTest extends SoloContract<Network> {

    @TempDir
    static Path synthetic;

    static Data data;

    @BeforeAll
    static void read() throws IOException {
        data = Data.read(Synthetic.written(synthetic, 300, 50), 0.2);
    }

    @Override
    protected List<Network> kinds() {
        return List.of(new Convolutional(), new Perceptron());
    }

    @Override
    protected Trainer trainer(Network network) throws IOException {
        return trainer(network, new Schedule.Constant());
    }

    private static Trainer trainer(Network network, Schedule schedule) throws IOException {
        return Solo.of(() -> new DigitsModel(data, network, 16, schedule), Placement.HERE);
    }

    private static Hyperparameters lr(double lr) {
        return new Hyperparameters(new TreeMap<>(Map.of("lr", new Value.Real(lr), "dropout", new Value.Real(0.2))));
    }

    @Override
    protected Hyperparameters learning() {
        return lr(0.05);
    }

    @Override
    protected Hyperparameters still() {
        return lr(0);
    }

    @Override
    protected Hyperparameters ruinous() {
        return lr(1e20);
    }

    @Override
    protected Set<String> measured() {
        return Set.of("accuracy", "loss");
    }

    @Override
    protected Set<String> reported() {
        return Set.of("test_accuracy", "test_loss");
    }

    @Override
    protected int some() {
        return 30;
    }

    @Test
    void cosine_beyondItsEnd_changesNothing() throws IOException {
        try (var longer = trainer(new Convolutional(), new Schedule.Cosine(5));
                var exact = trainer(new Convolutional(), new Schedule.Cosine(5))) {
            longer.begin(start(new Origin.Fresh(), 1));
            longer.train(Stretch.of(9));
            exact.begin(start(new Origin.Fresh(), 1));
            exact.train(Stretch.of(5));
            assertThat(saved(longer).weights())
                    .usingRecursiveComparison()
                    .isEqualTo(saved(exact).weights());
        }
    }

    @Test
    void evaluation_ofUntrainedWeights_isWithinItsRange() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            var evaluation = trainer.evaluate(1);
            assertThat(samples(evaluation, "accuracy")).allMatch(a -> a >= 0 && a <= 1);
            assertThat(samples(evaluation, "loss")).allMatch(l -> l > 0);
        }
    }

    @Test
    void training_onSyntheticImages_learnsThem() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            var steps = new Steps(100);
            trainer.train(steps);
            assertThat(steps.reports).containsOnlyKeys("training_loss");
            var losses = Objects.requireNonNull(steps.reports.get("training_loss"));
            assertThat(losses).hasSize(5);
            assertThat(losses.getLast()).isLessThan(losses.getFirst());
            assertThat(mean(trainer.evaluate(0), "accuracy")).isGreaterThan(0.95);
            assertThat(mean(trainer.report(0), "test_accuracy")).isGreaterThan(0.95);
        }
    }
}
