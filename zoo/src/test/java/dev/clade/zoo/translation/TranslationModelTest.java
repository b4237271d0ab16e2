package dev.clade.zoo.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.member.SoloContract;
import dev.clade.zoo.member.Steps;
import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslationModelTest extends SoloContract<Shape> {

    @TempDir
    static Path text;

    static Data data;

    @BeforeAll
    static void read() throws IOException {
        data = Data.read(Small.settings(Small.written(text, 4000, 100, 30)));
    }

    @Override
    protected List<Shape> kinds() {
        return List.of(Small.SHAPE);
    }

    @Override
    protected Trainer trainer(Shape shape) throws IOException {
        return Solo.of(() -> new TranslationModel(data, shape, 16), Placement.HERE);
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

    @Override
    protected Hyperparameters learning() {
        return values(5e-3, 0.1);
    }

    @Override
    protected Hyperparameters still() {
        return values(0, 0.5);
    }

    @Override
    protected Hyperparameters ruinous() {
        return values(1e30, 0);
    }

    @Override
    protected Set<String> measured() {
        return Set.of("bleu", "loss");
    }

    @Override
    protected Set<String> reported() {
        return Set.of("test_bleu", "test_loss");
    }

    @Test
    void training_onALanguageSaidBackwards_learnsIt() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1, values(3e-3, 0)));
            assertThat(mean(trainer.evaluate(0), "bleu")).isLessThan(10);
            var steps = new Steps(700);
            trainer.train(steps);
            assertThat(steps.reports).containsOnlyKeys("training_loss");
            assertThat(steps.reports.get("training_loss")).hasSize(35);
            trainer.begin(start(new Origin.Keep(), 2, values(5e-4, 0)));
            trainer.train(Stretch.of(300));
            assertThat(mean(trainer.evaluate(0), "bleu")).isGreaterThan(75);
            assertThat(mean(trainer.evaluate(0), "loss")).isLessThan(0.5);
            assertThat(mean(trainer.report(0), "test_bleu")).isGreaterThan(75);
        }
    }

    @Test
    void evaluation_ofALittleTraining_findsSomeWords() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            trainer.train(Stretch.of(100));
            assertThat(mean(trainer.evaluate(1), "bleu")).isBetween(0.1, 100.0);
        }
    }

    /// Prints live native objects and resident bytes, before and after.
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws IOException {
            data = Data.read(Small.settings(Path.of(arguments[0])));
            try (var trainer = Solo.of(() -> new TranslationModel(data, new Shape(16, 2, 1, 32), 8), Placement.HERE)) {
                trainer.begin(start(new Origin.Fresh(), 1, values(5e-3, 0.1)));
                rounds(trainer, 3);
                System.out.println(Pointer.totalCount());
                System.out.println(Pointer.physicalBytes());
                rounds(trainer, 10);
                System.out.println(Pointer.totalCount());
                System.out.println(Pointer.physicalBytes());
            }
        }

        private static void rounds(Trainer trainer, int count) {
            for (int i = 0; i < count; i++) {
                trainer.train(Stretch.of(100));
                trainer.evaluate(0);
            }
            trainer.report(0);
        }
    }

    /// In a process of its own, whose Java heap does not grow and in which JavaCPP counts its objects.
    @Test
    void memory_overAThousandUpdatesAndTenEvaluations_isFlat() throws IOException, InterruptedException {
        var few = Small.written(folder.resolve("few"), 400, 20, 10);
        var numbers = Child.run(
                        Program.class,
                        List.of(few.toString()),
                        "-Xms64m",
                        "-Xmx64m",
                        "-XX:+AlwaysPreTouch",
                        "-Dorg.bytedeco.javacpp.nopointergc=false")
                .stream()
                .map(Long::valueOf)
                .toList();
        assertThat(numbers.get(0)).isPositive();
        assertThat(numbers.get(2)).isEqualTo(numbers.get(0));
        assertThat(numbers.get(3) - numbers.get(1)).isLessThan(20L << 20);
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
            trainer.train(Stretch.of(150));
            Checkpoint.load(saved(trainer).folder(), Map.of("", parameters));
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
