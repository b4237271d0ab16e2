package dev.clade.zoo.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// What files a folder of images holds.
public enum Kind {
    /// The UCI optical digits: `optdigits.tra` and `optdigits.tes`.
    DIGITS("digits", OpticalDigits.TRAINING) {
        @Override
        Dataset read(Path folder, String trainer) throws IOException {
            return new Dataset(
                    OpticalDigits.read(folder.resolve(OpticalDigits.TRAINING), trainer),
                    OpticalDigits.read(folder.resolve(OpticalDigits.TEST), trainer));
        }
    },

    /// MNIST, Fashion-MNIST and others of their form: `train-images-idx3-ubyte` and three more, or each
    /// with `.gz`.
    IDX("idx", Idx.TRAINING + "-images-idx3-ubyte") {
        @Override
        boolean liesIn(Path folder) {
            return Idx.find(folder, Idx.TRAINING, "images", 3).isPresent();
        }

        @Override
        Dataset read(Path folder, String trainer) throws IOException {
            return new Dataset(Idx.read(folder, Idx.TRAINING), Idx.read(folder, Idx.TEST));
        }
    },

    /// The binary version of CIFAR-10: `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin`.
    CIFAR10("cifar10", Cifar10.TRAINING.getFirst()) {
        @Override
        Dataset read(Path folder, String trainer) throws IOException {
            return new Dataset(Cifar10.read(folder, Cifar10.TRAINING), Cifar10.read(folder, Cifar10.TEST));
        }
    };

    private final String word;
    private final String first;

    /// @param word in experiment files
    /// @param first the file that it is known by
    Kind(String word, String first) {
        this.word = word;
        this.first = first;
    }

    /// The kind of this word.
    public static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /// All words, to be listed.
    public static String words() {
        return Arrays.stream(values()).map(kind -> kind.word).collect(Collectors.joining(", "));
    }

    String word() {
        return word;
    }

    String first() {
        return first;
    }

    boolean liesIn(Path folder) {
        return Files.exists(folder.resolve(first));
    }

    /// @param trainer whose data it is, for errors
    abstract Dataset read(Path folder, String trainer) throws IOException;
}
