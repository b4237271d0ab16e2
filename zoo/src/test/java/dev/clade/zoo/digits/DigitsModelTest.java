package dev.clade.zoo.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.safetensors.Safetensors;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsModelTest {

    @TempDir
    static Path synthetic;

    static Data data;

    @TempDir
    Path folder;

    private int saves;

    @BeforeAll
    static void read() throws IOException {
        data = Data.read(Synthetic.written(synthetic, 300, 50), 0.2);
    }

    private static Solo<Segment> trainer() throws IOException {
        return trainer(new Schedule.Constant());
    }

    private static Solo<Segment> trainer(Schedule schedule) throws IOException {
        return Solo.of(() -> new DigitsModel(data, new Convolutional(), 16, schedule), Placement.HERE);
    }

    private static Hyperparameters lr(double lr) {
        return new Hyperparameters(new TreeMap<>(Map.of("lr", new Value.Real(lr), "dropout", new Value.Real(0.2))));
    }

    private static Start start(Origin origin, long seed) {
        return new Start(origin, seed, lr(0.05), new TreeSet<>());
    }

    private Path saved(Solo<Segment> trainer) throws IOException {
        var place = Files.createDirectory(folder.resolve("save-" + saves++));
        trainer.save(place);
        return place;
    }

    private byte[] bytes(Solo<Segment> trainer) throws IOException {
        return Files.readAllBytes(saved(trainer).resolve("model.safetensors"));
    }

    private static List<Double> samples(Evaluation evaluation, String metric) {
        return ((Reading.Finite) evaluation.metrics().get(metric)).samples();
    }

    @Test
    void segment_ofTheSameSeed_isTheSameBitByBit() throws IOException {
        try (var one = trainer();
                var other = trainer()) {
            one.begin(start(new Origin.Fresh(), 1));
            one.train(new Steps(40));
            other.begin(start(new Origin.Fresh(), 9));
            other.train(new Steps(7));
            other.begin(start(new Origin.Fresh(), 1));
            other.train(new Steps(40));
            assertThat(bytes(other)).isEqualTo(bytes(one));
        }
    }

    @Test
    void segment_ofAnotherSeed_isAnother() throws IOException {
        try (var one = trainer();
                var other = trainer()) {
            one.begin(start(new Origin.Fresh(), 1));
            other.begin(start(new Origin.Fresh(), 2));
            assertThat(bytes(other)).isNotEqualTo(bytes(one));
        }
    }

    @Test
    void segment_warm_isTheOneThatWasLoadedBitByBit() throws IOException {
        try (var warm = trainer();
                var loaded = trainer()) {
            warm.begin(start(new Origin.Fresh(), 1));
            warm.train(new Steps(30));
            warm.evaluate(1);
            var save = saved(warm);

            warm.begin(start(new Origin.Keep(), 2));
            loaded.begin(start(new Origin.Resume(save), 2));
            warm.train(new Steps(30));
            loaded.train(new Steps(30));

            assertThat(loaded.evaluate(3)).isEqualTo(warm.evaluate(3));
            assertThat(bytes(loaded)).isEqualTo(bytes(warm));
        }
    }

    @Test
    void segment_evaluatedOnTheWay_isTheSame() throws IOException {
        try (var one = trainer();
                var other = trainer()) {
            one.begin(start(new Origin.Fresh(), 1));
            one.train(new Steps(20));
            other.begin(start(new Origin.Fresh(), 1));
            other.train(new Steps(10));
            other.evaluate(5);
            other.report(6);
            other.train(new Steps(10));
            assertThat(bytes(other)).isEqualTo(bytes(one));
        }
    }

    @Test
    void copy_ofADonor_hasItsScore() throws IOException {
        try (var donor = trainer();
                var recipient = trainer()) {
            donor.begin(start(new Origin.Fresh(), 1));
            donor.train(new Steps(30));
            recipient.begin(start(new Origin.Fresh(), 2));
            recipient.train(new Steps(30));
            recipient.begin(start(new Origin.Copy(saved(donor)), 3));
            assertThat(recipient.evaluate(0)).isEqualTo(donor.evaluate(0));
        }
    }

    @Test
    void begin_anotherLearningRate_isInForceAfterTheLoad() throws IOException {
        try (var one = trainer();
                var other = trainer()) {
            one.begin(start(new Origin.Fresh(), 1));
            var save = saved(one);
            var receipt = other.begin(new Start(new Origin.Resume(save), 2, lr(0), new TreeSet<>(List.of("lr"))));
            assertThat(receipt).isEqualTo(lr(0));
            other.train(new Steps(5));
            assertThat(weights(saved(other))).isEqualTo(weights(save));
        }
    }

    @Test
    void cosine_beyondItsEnd_changesNothing() throws IOException {
        try (var longer = trainer(new Schedule.Cosine(5));
                var exact = trainer(new Schedule.Cosine(5))) {
            longer.begin(start(new Origin.Fresh(), 1));
            longer.train(new Steps(9));
            exact.begin(start(new Origin.Fresh(), 1));
            exact.train(new Steps(5));
            assertThat(weights(saved(longer))).isEqualTo(weights(saved(exact)));
        }
    }

    private static float[] weights(Path save) throws IOException {
        try (var file = Safetensors.open(save.resolve("model.safetensors"))) {
            return file.arrays().get("fc1.weight").bytes().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
        }
    }

    @Test
    void blend_ofAHalfAndAQuarter_isTheirSum() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            trainer.train(new Steps(5));
            var old = saved(trainer);
            trainer.begin(start(new Origin.Fresh(), 2));
            var fresh = weights(saved(trainer));
            trainer.begin(start(new Origin.Blend(old, 0.5, 0.25), 2));
            var blended = weights(saved(trainer));
            var kept = weights(old);
            for (int i = 0; i < blended.length; i++) {
                assertThat(blended[i]).isCloseTo(0.5f * kept[i] + 0.25f * fresh[i], within(1e-6f));
            }
        }
    }

    @Test
    void begin_keepingNothing_isRefused() throws IOException {
        try (var trainer = trainer()) {
            assertThatThrownBy(() -> trainer.begin(start(new Origin.Keep(), 1)))
                    .hasMessage("there is no model in hand to keep");
            assertThatThrownBy(() -> trainer.begin(start(new Origin.Resume(folder), 1)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> trainer.begin(start(new Origin.Keep(), 1)))
                    .hasMessage("there is no model in hand to keep");
            assertThatThrownBy(() -> trainer.train(new Steps(1))).hasMessage("nothing has begun");
        }
    }

    @Test
    void begin_fromADamagedFile_isAFault() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            var file = saved(trainer).resolve("model.safetensors");
            Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 1000));
            assertThatThrownBy(() -> trainer.begin(start(new Origin.Resume(file.getParent()), 1)))
                    .hasMessageStartingWith("CLADE-3302 " + file + " is not a whole safetensors file.");
        }
    }

    @Test
    void evaluation_ofAnyModel_hasTenSamplesOfEachMetric() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            var evaluation = trainer.evaluate(1);
            assertThat(evaluation.metrics()).containsOnlyKeys("accuracy", "loss");
            assertThat(samples(evaluation, "accuracy")).hasSize(10).allMatch(a -> a >= 0 && a <= 1);
            assertThat(samples(evaluation, "loss")).hasSize(10).allMatch(l -> l > 0);
            assertThat(trainer.report(1).metrics()).containsOnlyKeys("test_accuracy", "test_loss");
        }
    }

    @Test
    void training_onSyntheticImages_learnsThem() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            var steps = new Steps(100);
            trainer.train(steps);
            assertThat(steps.losses).hasSize(5);
            assertThat(steps.losses.getLast()).isLessThan(steps.losses.getFirst());
            assertThat(((Reading.Finite) trainer.evaluate(0).metrics().get("accuracy")).mean())
                    .isGreaterThan(0.95);
            assertThat(((Reading.Finite) trainer.report(0).metrics().get("test_accuracy")).mean())
                    .isGreaterThan(0.95);
        }
    }

    @Test
    void training_thatDiverges_isAReadingAndNoException() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(new Start(new Origin.Fresh(), 1, lr(1e20), new TreeSet<>()));
            trainer.train(new Steps(20));
            assertThat(trainer.evaluate(0).metrics().values())
                    .hasSize(2)
                    .allMatch(reading -> reading instanceof Reading.Diverged);
            assertThat(trainer.report(0).metrics().values())
                    .hasSize(2)
                    .allMatch(reading -> reading instanceof Reading.Diverged);
            var save = saved(trainer);
            trainer.begin(start(new Origin.Resume(save), 2));
            trainer.begin(start(new Origin.Fresh(), 3));
            assertThat(trainer.evaluate(0).metrics().get("loss")).isInstanceOf(Reading.Finite.class);
        }
    }

    @Test
    void training_ofTwoMembersAtOnce_isThatOfEachAlone() throws Exception {
        var alone = List.of(trained(1), trained(2));
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Callable<Evaluation>> both = List.of(() -> trained(1), () -> trained(2));
            var together = threads.invokeAll(both);
            assertThat(together.get(0).get()).isEqualTo(alone.get(0));
            assertThat(together.get(1).get()).isEqualTo(alone.get(1));
        }
    }

    private static Evaluation trained(long seed) throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), seed));
            trainer.train(new Steps(40));
            return trainer.evaluate(0);
        }
    }
}
