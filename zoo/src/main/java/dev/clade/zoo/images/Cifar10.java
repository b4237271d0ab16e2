package dev.clade.zoo.images;

import dev.clade.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The binary version of CIFAR-10 (Krizhevsky 2009, "Learning Multiple Layers of Features from Tiny
/// Images"): a record for each image, its class and then 1,024 bytes of red, of green and of blue, row by
/// row.
final class Cifar10 {

    static final List<String> TRAINING =
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin");
    static final List<String> TEST = List.of("test_batch.bin");

    static final String WHERE = "https://www.cs.toronto.edu/~kriz/cifar.html (CIFAR-10 binary version)";

    private static final Shape SHAPE = new Shape(3, 32, 32);
    private static final int RECORD = 1 + SHAPE.size();
    private static final int CLASSES = 10;

    private Cifar10() {}

    /// Reads files one behind the other.
    ///
    /// @throws Fault 3320 where one is absent, 3321 where one is damaged
    static ImageSet read(Path folder, List<String> names) throws IOException {
        int count = 0;
        for (var name : names) {
            count += records(folder.resolve(name));
        }
        var pixels = new byte[count * SHAPE.size()];
        var classes = new byte[count];
        int image = 0;
        for (var name : names) {
            var file = folder.resolve(name);
            var bytes = Files.readAllBytes(file);
            for (int at = 0; at < bytes.length; at += RECORD) {
                if (bytes[at] < 0 || bytes[at] >= CLASSES) {
                    throw damaged(
                            file,
                            "class " + (bytes[at] & 0xFF) + " in record " + (at / RECORD + 1),
                            "classes from 0 to " + (CLASSES - 1));
                }
                classes[image] = bytes[at];
                System.arraycopy(bytes, at + 1, pixels, image * SHAPE.size(), SHAPE.size());
                image++;
            }
        }
        return new ImageSet(SHAPE, pixels, 255, classes);
    }

    private static int records(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new Fault(
                    3320,
                    "a file of images is absent.",
                    "no file " + file + ".",
                    "data_batch_1.bin to data_batch_5.bin and test_batch.bin.",
                    "get all from " + WHERE + ".");
        }
        long size = Files.size(file);
        if (size == 0 || size % RECORD != 0 || size > (1 << 28)) {
            throw damaged(file, size + " bytes", "records of " + RECORD + " bytes each");
        }
        return (int) (size / RECORD);
    }

    private static Fault damaged(Path file, String found, String expected) {
        return new Fault(
                3321,
                file + " is not what its name says.",
                found + ".",
                expected + ".",
                "get it again from " + WHERE + ".");
    }
}
