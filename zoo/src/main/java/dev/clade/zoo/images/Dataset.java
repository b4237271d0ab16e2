package dev.clade.zoo.images;

import dev.clade.fault.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// A folder of images: those to train on, and those that nobody trains on.
public record Dataset(ImageSet training, ImageSet test) {

    public Dataset {
        if (!training.shape().equals(test.shape())) {
            throw new Fault(
                    3321,
                    "images to train on and to test on are of different shapes.",
                    training.shape() + " and " + test.shape() + ".",
                    "files of one data set.",
                    "put each data set into a folder of its own.");
        }
    }

    /// Reads a folder. Without a kind it is the one whose first file lies there.
    ///
    /// @param trainer whose data it is, for errors
    /// @throws Fault 3303, 3304 (optical digits), 3320 (absent), 3321 (damaged), 3322 (several kinds)
    public static Dataset read(Path folder, Optional<Kind> kind, String trainer) throws IOException {
        var known = kind.isPresent() ? kind.get() : found(folder, trainer);
        return known.read(folder, trainer);
    }

    private static Kind found(Path folder, String trainer) {
        var there =
                Arrays.stream(Kind.values()).filter(kind -> kind.liesIn(folder)).toList();
        if (there.isEmpty()) {
            throw new Fault(
                    3320,
                    "the trainer '" + trainer + "' has no images.",
                    "none of their files in " + folder + ".",
                    Arrays.stream(Kind.values())
                            .map(kind -> kind.first() + " (" + kind.word() + ")")
                            .collect(Collectors.joining(", ", "", ".")),
                    "get one of: https://archive.ics.uci.edu/dataset/80 (optdigits), " + Idx.WHERE + ", "
                            + Cifar10.WHERE + "; and name its folder: 'data: FOLDER'.");
        }
        if (there.size() > 1) {
            throw new Fault(
                    3322,
                    "it is not clear which images of " + folder + " are meant.",
                    there.stream().map(Kind::first).collect(Collectors.joining(" and ")) + ".",
                    "one data set, or the word for it.",
                    "write 'images: " + there.getFirst().word() + "' (of " + Kind.words() + ").");
        }
        return there.getFirst();
    }
}
