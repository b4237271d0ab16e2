package dev.clade.zoo.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The real data, where it is: in the folder `multi30k` of `CLADE_DATA`, or of `../shared/data` beside the
/// repository.
class Multi30kTest {

    private static Path folder() {
        var folder = Stream.of(Optional.ofNullable(System.getenv("CLADE_DATA")).map(Path::of), beside())
                .flatMap(Optional::stream)
                .map(data -> data.resolve("multi30k"))
                .filter(Files::isDirectory)
                .findFirst();
        Assumptions.assumeTrue(
                folder.isPresent(),
                "Multi30k is neither in $CLADE_DATA/multi30k nor in ../shared/data/multi30k beside the repository");
        return folder.get();
    }

    private static Optional<Path> beside() {
        var at = Optional.of(Path.of("").toAbsolutePath());
        while (at.isPresent() && !Files.exists(at.get().resolve("mvnw"))) {
            at = Optional.ofNullable(at.get().getParent());
        }
        return at.map(root -> root.resolveSibling("shared").resolve("data"));
    }

    @Test
    void read_theTrainingText_has29000Pairs() throws IOException {
        assertThat(ParallelText.read(folder(), Data.TRAINING, "en", "de").size())
                .isEqualTo(29_000);
    }

    @Test
    void data_ofTheFirstThousand_isReadAndGivenBack() throws IOException {
        var data = Data.read(new Settings(
                folder(), "en", "de", Settings.TEST, 1500, OptionalInt.of(1000), 40, 32, Small.SHAPE, Small.SHARING));
        assertThat(data.vocabulary().size()).isEqualTo(1500);
        assertThat(data.training().size()).isBetween(950, 1000);
        assertThat(data.dev().size()).isEqualTo(200);
        assertThat(data.test().size()).isEqualTo(1000);
        var references = data.dev().references();
        for (int i = 0; i < references.size(); i++) {
            var text = data.vocabulary().decode(data.dev().targets().get(i));
            assertThat(Words.of(text)).isEqualTo(Words.of(references.get(i)));
        }
    }
}
