package dev.clade.zoo.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslationModelTest {

    @TempDir
    static Path text;

    static Data data;

    @TempDir
    Path folder;

    private int saves;

    @BeforeAll
    static void read() throws IOException {
        data = Data.read(Small.settings(Small.written(text, 4000, 100, 30)));
    }

    /// A stretch of so many steps.
    private static final class Steps implements Stretch {

        private long left;
        private long step;
        private int reports;

        Steps(long count) {
            left = count;
        }

        @Override
        public boolean advance(long steps) {
            if (steps > left) {
                return false;
            }
            left -= steps;
            step += steps;
            return true;
        }

        @Override
        public long remaining() {
            return left;
        }

        @Override
        public long step() {
            return step;
        }

        @Override
        public void report(String metric, double value) {
            assertThat(metric).isEqualTo("training_loss");
            reports++;
        }

        @Override
        public void spend(Duration time) {
            throw new UnsupportedOperationException("translation does real work");
        }
    }

    private static Solo<Segment> trainer() throws IOException {
        return Solo.of(() -> new TranslationModel(data, Small.SHAPE, 16), Placement.HERE);
    }

    private static Hyperparameters values(double lr, double dropout) {
        return new Hyperparameters(new TreeMap<>(Map.of(
                "lr",
                new Value.Real(lr),
                "attention_dropout",
                new Value.Real(dropout),
                "relu_dropout",
                new Value.Vector(List.of(new Value.Real(dropout), new Value.Real(0))),
                "residual_dropout",
                new Value.Real(dropout))));
    }

    private static Start start(Origin origin, long seed) {
        return new Start(origin, seed, values(5e-3, 0.1), new TreeSet<>());
    }

    private Path saved(Solo<Segment> trainer) throws IOException {
        var place = Files.createDirectory(folder.resolve("save-" + saves++));
        trainer.save(place);
        return place;
    }

    private byte[] bytes(Solo<Segment> trainer) throws IOException {
        return Files.readAllBytes(saved(trainer).resolve("model.safetensors"));
    }

    private static double mean(Evaluation evaluation, String metric) {
        return ((Reading.Finite) Objects.requireNonNull(evaluation.metrics().get(metric))).mean();
    }

    @Test
    void training_onALanguageSaidBackwards_learnsIt() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(new Start(new Origin.Fresh(), 1, values(3e-3, 0), new TreeSet<>()));
            assertThat(mean(trainer.evaluate(0), "bleu")).isLessThan(10);
            var steps = new Steps(700);
            trainer.train(steps);
            assertThat(steps.reports).isEqualTo(35);
            trainer.begin(new Start(new Origin.Keep(), 2, values(5e-4, 0), new TreeSet<>(List.of("lr"))));
            trainer.train(new Steps(300));
            assertThat(mean(trainer.evaluate(0), "bleu")).isGreaterThan(75);
            assertThat(mean(trainer.evaluate(0), "loss")).isLessThan(0.5);
            assertThat(mean(trainer.report(0), "test_bleu")).isGreaterThan(75);
        }
    }

    @Test
    void segment_ofTheSameSeed_isTheSameBitByBit() throws IOException {
        try (var one = trainer();
                var other = trainer()) {
            one.begin(start(new Origin.Fresh(), 1));
            one.train(new Steps(30));
            other.begin(start(new Origin.Fresh(), 9));
            other.train(new Steps(7));
            other.begin(start(new Origin.Fresh(), 1));
            other.train(new Steps(30));
            assertThat(bytes(other)).isEqualTo(bytes(one));
            other.begin(start(new Origin.Fresh(), 2));
            other.train(new Steps(30));
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
    void begin_rateOfNothing_changesNothing() throws IOException {
        try (var one = trainer();
                var other = trainer()) {
            one.begin(start(new Origin.Fresh(), 1));
            var before = one.evaluate(0);
            var receipt = other.begin(
                    new Start(new Origin.Copy(saved(one)), 2, values(0, 0.5), new TreeSet<>(List.of("lr"))));
            assertThat(receipt).isEqualTo(values(0, 0.5));
            other.train(new Steps(5));
            assertThat(other.evaluate(0)).isEqualTo(before);
        }
    }

    @Test
    void evaluation_ofAnyModel_hasTenSamplesThatRankAsTheCorpus() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            trainer.train(new Steps(100));
            var evaluation = trainer.evaluate(1);
            assertThat(evaluation.metrics()).containsOnlyKeys("bleu", "loss");
            assertThat(evaluation.metrics().values())
                    .allSatisfy(reading ->
                            assertThat(((Reading.Finite) reading).samples()).hasSize(10));
            assertThat(mean(evaluation, "bleu")).isBetween(0.1, 100.0);
            assertThat(trainer.report(1).metrics()).containsOnlyKeys("test_bleu", "test_loss");
        }
    }

    @Test
    void training_thatDiverges_isAReadingAndNoException() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(new Start(new Origin.Fresh(), 1, values(1e30, 0), new TreeSet<>()));
            trainer.train(new Steps(20));
            assertThat(trainer.evaluate(0).metrics().values())
                    .hasSize(2)
                    .allMatch(reading -> reading instanceof Reading.Diverged);
            assertThat(trainer.report(0).metrics().values())
                    .hasSize(2)
                    .allMatch(reading -> reading instanceof Reading.Diverged);
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
            trainer.train(new Steps(20));
            return trainer.evaluate(0);
        }
    }

    /// Prints live native objects and resident bytes, before and after.
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws IOException {
            data = Data.read(Small.settings(Path.of(arguments[0])));
            try (var trainer = Solo.of(() -> new TranslationModel(data, new Shape(16, 2, 1, 32), 8), Placement.HERE)) {
                trainer.begin(start(new Origin.Fresh(), 1));
                rounds(trainer, 3);
                System.out.println(Pointer.totalCount());
                System.out.println(Pointer.physicalBytes());
                rounds(trainer, 10);
                System.out.println(Pointer.totalCount());
                System.out.println(Pointer.physicalBytes());
            }
        }

        private static void rounds(Solo<Segment> trainer, int count) {
            for (int i = 0; i < count; i++) {
                trainer.train(new Steps(200));
                trainer.evaluate(0);
            }
            trainer.report(0);
        }
    }

    /// In a process of its own, whose Java heap does not grow and in which JavaCPP counts its objects.
    @Test
    void memory_overTwoThousandUpdatesAndTenEvaluations_isFlat() throws IOException, InterruptedException {
        var numbers = Child.run(
                        Program.class,
                        List.of(text.toString()),
                        "-Xms64m",
                        "-Xmx64m",
                        "-XX:+AlwaysPreTouch",
                        "-Dorg.bytedeco.javacpp.nopointergc=false")
                .stream()
                .map(Long::valueOf)
                .toList();
        assertThat(numbers.get(0)).isPositive();
        assertThat(numbers.get(2)).isEqualTo(numbers.get(0));
        assertThat(numbers.get(3) - numbers.get(1)).isLessThan(40L << 20);
    }

    @Test
    void data_ofText_isWhatWasWritten() {
        assertThat(data.training()).hasSize(4000);
        assertThat(data.dev().size()).isEqualTo(100);
        assertThat(data.test().size()).isEqualTo(30);
        assertThat(data.vocabulary().size()).isLessThanOrEqualTo(60);
        assertThat(data.vocabulary().decode(data.dev().targets().getFirst()))
                .isEqualTo(data.dev().references().getFirst());
    }

    @Test
    void data_withTooFewSentences_saysHowMany() throws IOException {
        var few = Small.settings(Small.written(folder.resolve("few"), 20, 9, 3));
        assertThatThrownBy(() -> Data.read(few))
                .hasMessage("CLADE-3343 the parallel text in " + few.data() + " is too short.  Found: 20 sentences to"
                        + " train on, of at most 20 symbols; 9 to choose by; 3 to report.  Expected: one to train on,"
                        + " 10 to choose by, one to report.  Mend: get more text, or set 'longest'.");
    }

    @Test
    void pictures_ofAModel_areThere() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            trainer.pictures(folder, 1);
            for (var name : List.of("attention.png", "translations.png")) {
                var picture = ImageIO.read(folder.resolve(name).toFile());
                assertThat(picture.getWidth()).isBetween(100, 4000);
                assertThat(picture.getHeight()).isBetween(50, 4000);
            }
        }
    }

    @Test
    void samples_ofADevelopmentSet_haveTheMeanOfTheCorpus() throws IOException {
        var network = new Network(Small.SHAPE, data.vocabulary().size());
        try (var trainer = trainer();
                var parameters = network.layout().build()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            trainer.train(new Steps(150));
            Checkpoint.load(saved(trainer), Map.of("", parameters));
            var translations = Greedy.translated(network, parameters, data.dev().sources());
            var corpus = Bleu.NOTHING;
            for (int i = 0; i < translations.size(); i++) {
                corpus = corpus.plus(Bleu.of(
                        data.vocabulary().decode(translations.get(i)),
                        data.dev().references().get(i)));
            }
            assertThat(corpus.score()).isGreaterThan(1);
            assertThat(mean(trainer.evaluate(0), "bleu")).isCloseTo(corpus.score(), within(1e-9));
        }
    }
}
