package dev.clade.zoo.digits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The real data, where it is: in the folder `digits` of `CLADE_DATA`, or of `../shared/data` beside the
/// repository.
class OpticalDigitsTest {

    private static Data data() throws IOException {
        var folder = Stream.of(Optional.ofNullable(System.getenv("CLADE_DATA")).map(Path::of), beside())
                .flatMap(Optional::stream)
                .map(data -> data.resolve("digits"))
                .filter(Files::isDirectory)
                .findFirst();
        Assumptions.assumeTrue(
                folder.isPresent(),
                "the UCI digits are neither in $CLADE_DATA/digits nor in ../shared/data/digits beside the repository");
        return Data.read(folder.get(), Settings.VALIDATION);
    }

    private static Optional<Path> beside() {
        var at = Optional.of(Path.of("").toAbsolutePath());
        while (at.isPresent() && !Files.exists(at.get().resolve("mvnw"))) {
            at = Optional.ofNullable(at.get().getParent());
        }
        return at.map(root -> root.resolveSibling("shared").resolve("data"));
    }

    @Test
    void data_ofUci_hasItsNumbersOfImages() throws IOException {
        var data = data();
        assertThat(data.training().count()).isEqualTo(3063);
        assertThat(data.validation().count()).isEqualTo(760);
        assertThat(data.test().count()).isEqualTo(1797);
    }

    /// At the defaults, 500 steps of 64 images (ten epochs) give more than 97 % on the validation set.
    @Test
    void training_500StepsAtTheDefaults_reachesTheAccuracyWePublish() throws IOException {
        try (var trainer = Solo.of(
                () -> new DigitsModel(data(), new Convolutional(), Settings.BATCH, new Schedule.Constant()),
                Placement.HERE)) {
            trainer.begin(new Start(new Origin.Fresh(), 1, Hyperparameters.NONE, new TreeSet<>()));
            trainer.train(Stretch.of(500));
            assertThat(((Reading.Finite) trainer.evaluate(0).metrics().get("accuracy")).mean())
                    .isGreaterThan(0.97);
            assertThat(((Reading.Finite) trainer.report(0).metrics().get("test_accuracy")).mean())
                    .isGreaterThan(0.95);
        }
    }
}
