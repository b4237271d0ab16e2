package dev.clade.zoo.translation;

import dev.clade.random.Philox;
import dev.clade.random.Randomness;
import dev.clade.zoo.member.Sharing;
import dev.clade.zoo.tensor.Device;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// A language of eight words that is translated by saying it backwards, and networks of a size for tests.
final class Small {

    static final Sharing SHARING = new Sharing(Device.CPU, OptionalInt.of(1));

    static final Shape SHAPE = new Shape(32, 4, 1, 64);

    private static final List<String> WORDS = List.of("da", "ne", "mi", "so", "ku", "ra", "po", "le");

    private Small() {}

    /// Writes text of this many sentences, of one to five words.
    static Path written(Path folder, int training, int dev, int test) throws IOException {
        Files.createDirectories(folder);
        write(folder, "train", training, 1);
        write(folder, "val", dev, 2);
        write(folder, "test", test, 3);
        return folder;
    }

    private static void write(Path folder, String name, int count, long seed) throws IOException {
        var random = Philox.keyed(seed, 0, 0, "sentences");
        var sources = new ArrayList<String>();
        var targets = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var words = IntStream.rangeClosed(0, random.nextInt(5))
                    .mapToObj(_ -> WORDS.get(random.nextInt(WORDS.size())))
                    .toList();
            sources.add(String.join(" ", words));
            targets.add(String.join(" ", words.reversed()));
        }
        Files.write(folder.resolve(name + ".there"), sources);
        Files.write(folder.resolve(name + ".back"), targets);
    }

    static Settings settings(Path folder) {
        return new Settings(
                folder,
                "there",
                "back",
                "test",
                60,
                OptionalInt.empty(),
                20,
                16,
                SHAPE,
                new Sharing(Device.CPU, OptionalInt.of(1)));
    }

    /// A network of ten symbols with weights of seed 1, larger than they are drawn, so that it has
    /// opinions.
    static Parameters drawn(Network network) {
        var parameters = network.layout().build();
        try (var _ = Scope.still()) {
            network.draw(parameters, Randomness.keyed(1, 0, 0));
            parameters.all().timesHere(1.5);
        }
        return parameters;
    }

    /// Sentences of 1 to 9 of the symbols 4 to 9.
    static List<int[]> sentences(int count, long seed) {
        var random = Philox.keyed(seed, 0, 0, "numbers");
        return IntStream.range(0, count)
                .mapToObj(_ -> IntStream.rangeClosed(0, random.nextInt(9))
                        .map(_ -> 4 + random.nextInt(6))
                        .toArray())
                .toList();
    }

    /// Drops nothing and remembers what it was asked.
    static final class Recorded implements Dropout {

        final Map<String, List<Long>> shapes = new HashMap<>();

        @Override
        public Tensor of(Kind kind, int layer, Tensor numbers) {
            shapes.put(kind + "/" + layer, numbers.shape());
            return numbers;
        }
    }
}
