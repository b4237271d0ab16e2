package dev.clade.zoo.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Place;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.Zoo;
import dev.clade.zoo.tensor.Child;
import dev.clade.zoo.tensor.Library;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How many native objects live of an agent's member. They are counted in another process, in which JavaCPP tracks
/// them.
class LifeTest {

    private static final String TRACKED = "-Dorg.bytedeco.javacpp.nopointergc=false";

    /// Prints the live objects: of a member that has trained, that has gone on for some segments, and that is closed.
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException {
            var settings = Setting.map(Map.of(
                    "zoo",
                    Setting.text(arguments[0]),
                    "world",
                    Setting.text(arguments[1]),
                    "environments",
                    Setting.word("2"),
                    "threads",
                    Setting.word(arguments[2])));
            try (var trainer = new Zoo().read(settings, Path.of("")).create(Place.ANYWHERE)) {
                segment(trainer, new Origin.Fresh(), 0);
                System.out.println(Library.objects());
                for (int seed = 1; seed < 6; seed++) {
                    segment(trainer, new Origin.Keep(), seed);
                }
                System.out.println(Library.objects());
            }
            System.out.println(Library.objects());
        }

        private static void segment(Trainer trainer, Origin origin, long seed) throws IOException {
            trainer.begin(new Start(origin, seed, Hyperparameters.NONE, new TreeSet<>()));
            trainer.train(Stretch.of(800));
        }
    }

    @ParameterizedTest
    @CsvSource({"a3c, crossing, 1", "a3c, battle/beacon, 2", "fun, crossing, 1", "unreal, maze/apples, 1"})
    void objects_ofAMember_areAsManyAfterSegments_andNoneInTheEnd(String word, String world, String threads)
            throws IOException, InterruptedException {
        var counts = Child.run(Program.class, List.of(word, world, threads), TRACKED).stream()
                .map(Long::valueOf)
                .toList();
        assertThat(counts).hasSize(3);
        assertThat(counts.get(0)).isPositive();
        assertThat(counts.get(1)).as("after five segments").isEqualTo(counts.get(0));
        assertThat(counts.get(2)).as("after close").isZero();
    }
}
