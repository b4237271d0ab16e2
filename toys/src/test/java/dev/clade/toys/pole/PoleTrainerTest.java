package dev.clade.toys.pole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Place;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoleTrainerTest {

    private static final Hyperparameters GOOD = values(3e-3, 1e-3, 0.97);

    @TempDir
    Path folder;

    private final PoleTrainer trainer = new PoleTrainer();

    private static Hyperparameters values(double learningRate, double entropyCost, double discount) {
        return Hyperparameters.NONE
                .with("learning_rate", new Value.Real(learningRate))
                .with("entropy_cost", new Value.Real(entropyCost))
                .with("discount", new Value.Real(discount));
    }

    private static Start start(Origin origin, long seed, Hyperparameters values) {
        return new Start(origin, seed, values, new TreeSet<>());
    }

    private static double mean(Evaluation evaluation) {
        return ((Reading.Finite) evaluation.metrics().get("return")).mean();
    }

    @Test
    void train_goodSettings_learnsToSwingUpAndHold() throws IOException {
        trainer.begin(start(new Origin.Fresh(), 1, values(1e-2, 1e-3, 0.97)));
        double before = mean(trainer.evaluate(2));
        trainer.train(new Steps(400));
        assertThat(before).isLessThan(0.5);
        assertThat(mean(trainer.evaluate(2))).isGreaterThan(6.5);
    }

    @Test
    void train_learningRateNextToNothing_learnsNothing() throws IOException {
        trainer.begin(start(new Origin.Fresh(), 1, values(1e-5, 1e-3, 0.97)));
        trainer.train(new Steps(100));
        assertThat(mean(trainer.evaluate(2))).isLessThan(0.5);
    }

    @Test
    void evaluate_twice_readsTheSameAndChangesNothing() throws IOException {
        trainer.begin(start(new Origin.Fresh(), 1, GOOD));
        var other = new PoleTrainer();
        other.begin(start(new Origin.Fresh(), 1, GOOD));
        trainer.train(new Steps(5));
        other.train(new Steps(5));
        assertThat(trainer.evaluate(8)).isEqualTo(trainer.evaluate(8));
        assertThat(((Reading.Finite) trainer.evaluate(8).metrics().get("return")).samples())
                .hasSize(PoleTrainer.EPISODES);
        trainer.train(new Steps(5));
        other.train(new Steps(5));
        assertThat(saved(trainer, "evaluated")).isEqualTo(saved(other, "not"));
    }

    @Test
    void begin_warmOrLoaded_trainsToTheSameBits() throws IOException {
        trainer.begin(start(new Origin.Fresh(), 1, GOOD));
        trainer.train(new Steps(7));
        var first = Files.createDirectory(folder.resolve("first"));
        trainer.save(first);
        var resumed = new PoleTrainer();
        var copied = new PoleTrainer();
        copied.begin(start(new Origin.Fresh(), 3, GOOD));
        copied.train(new Steps(3));

        var changed = values(1e-2, 1e-2, 0.99);
        trainer.begin(start(new Origin.Keep(), 2, changed));
        resumed.begin(start(new Origin.Resume(first), 2, changed));
        copied.begin(start(new Origin.Copy(first), 2, changed));
        trainer.train(new Steps(7));
        resumed.train(new Steps(7));
        copied.train(new Steps(7));

        assertThat(saved(resumed, "resumed")).isEqualTo(saved(trainer, "warm"));
        assertThat(saved(copied, "copied")).isEqualTo(saved(trainer, "warm-again"));
    }

    @Test
    void begin_everyHyperparameter_changesWhatIsLearned() throws IOException {
        var plain = trained(GOOD, "plain");
        for (var name : new String[] {"learning_rate", "entropy_cost", "discount", "trace"}) {
            assertThat(trained(GOOD.with(name, new Value.Real(0.5)), name)).isNotEqualTo(plain);
        }
        assertThat(trained(GOOD, "again")).isEqualTo(plain);
    }

    private byte[] trained(Hyperparameters values, String name) throws IOException {
        trainer.begin(start(new Origin.Fresh(), 4, values));
        trainer.train(new Steps(2));
        return saved(trainer, name);
    }

    private byte[] saved(PoleTrainer which, String name) throws IOException {
        var to = Files.createDirectory(folder.resolve(name));
        which.save(to);
        return Files.readAllBytes(to.resolve(Checkpoint.FILE));
    }

    @Test
    void begin_withANameItDoesNotKnow_leavesItOutOfTheReceipt() throws IOException {
        var asked = GOOD.with("momentum", new Value.Real(0.9));
        assertThat(trainer.begin(start(new Origin.Fresh(), 1, asked))).isEqualTo(GOOD);
    }

    @Test
    void train_absurdLearningRate_divergesAsAReadingAndReturns() throws IOException {
        trainer.begin(start(new Origin.Fresh(), 1, values(1e300, 1e-3, 0.97)));
        trainer.train(new Steps(20));
        assertThat(trainer.evaluate(1).metrics().get("return")).isEqualTo(new Reading.Diverged("a sample is NaN"));
    }

    @Test
    void factory_ofItsWord_createsTrainers() throws IOException {
        var settings = Setting.map("toy", Setting.word("pole"));
        try (var made = PoleTrainer.factory(settings).create(Place.ANYWHERE)) {
            assertThat(made).isInstanceOf(PoleTrainer.class);
        }
    }

    @Test
    void factory_withAnUnknownSetting_saysSo() {
        var settings = Setting.map(new TreeMap<>(Map.of("toy", Setting.word("pole"), "pole_mass", Setting.number(2))));
        assertThatThrownBy(() -> PoleTrainer.factory(settings))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(1004));
    }
}
