package dev.clade.zoo.images;

import dev.clade.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// IDX files of bytes (LeCun, "THE MNIST DATABASE of handwritten digits"): two bytes 0, the type (8:
/// unsigned bytes), the number of dimensions, each dimension in four bytes, the highest first, and the
/// elements in row-major order. They may be compressed by gzip.
final class Idx {

    static final String TRAINING = "train";
    static final String TEST = "t10k";

    static final String WHERE = "https://github.com/zalandoresearch/fashion-mnist (Fashion-MNIST, and where MNIST is)";

    private static final int UNSIGNED_BYTES = 0x0800;
    private static final String GZIP = ".gz";

    /// What a file holds.
    private record Array(List<Integer> dimensions, ByteBuffer elements) {}

    private Idx() {}

    /// Reads images and their classes.
    ///
    /// @param part [#TRAINING] or [#TEST]
    /// @throws Fault 3320 where a file is absent, 3321 where one is damaged or of another kind
    static ImageSet read(Path folder, String part) throws IOException {
        var imagesFile = need(folder, part, "images", 3);
        var classesFile = need(folder, part, "labels", 1);
        var images = read(imagesFile, 3);
        var classes = read(classesFile, 1);
        int count = images.dimensions().getFirst();
        if (count != classes.dimensions().get(0)) {
            throw damaged(
                    classesFile,
                    classes.dimensions().get(0) + " classes",
                    "one for each of " + count + " images in " + imagesFile.getFileName());
        }
        var shape = new Shape(1, images.dimensions().get(1), images.dimensions().get(2));
        return new ImageSet(
                shape, images.elements().array(), 255, classes.elements().array());
    }

    /// The file under either of its usual names, `train-images-idx3-ubyte` or `train-images.idx3-ubyte`, as
    /// it is or compressed.
    static Optional<Path> find(Path folder, String part, String what, int dimensions) {
        return Stream.of("-", ".")
                .map(dot -> part + "-" + what + dot + "idx" + dimensions + "-ubyte")
                .flatMap(name -> Stream.of(name, name + GZIP))
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst();
    }

    private static Path need(Path folder, String part, String what, int dimensions) {
        return find(folder, part, what, dimensions)
                .orElseThrow(() -> new Fault(
                        3320,
                        "a file of images is absent.",
                        "no " + part + "-" + what + "-idx" + dimensions + "-ubyte in " + folder + ".",
                        "images and labels of train and of t10k, each as it is or with " + GZIP + ".",
                        "get all four from " + WHERE + "."));
    }

    private static Array read(Path file, int dimensions) throws IOException {
        try (var stream = open(file)) {
            int magic = number(file, stream, "its first four bytes");
            if (magic != UNSIGNED_BYTES + dimensions) {
                throw damaged(
                        file,
                        "0x%08x in its first four bytes".formatted(magic),
                        "0x%08x: bytes in %d dimensions".formatted(UNSIGNED_BYTES + dimensions, dimensions));
            }
            var sizes = new ArrayList<Integer>();
            long all = 1;
            for (int i = 0; i < dimensions; i++) {
                int size = number(file, stream, "its sizes");
                if (size < 1 || size > Integer.MAX_VALUE / all) {
                    throw damaged(file, "a size of " + Integer.toUnsignedLong(size), "sizes that fit into memory");
                }
                sizes.add(size);
                all *= size;
            }
            var elements = stream.readNBytes((int) all);
            if (elements.length < all || stream.read() >= 0) {
                throw damaged(
                        file,
                        (elements.length < all ? elements.length : "more than " + all) + " bytes behind its head",
                        all + ", as its head says");
            }
            return new Array(sizes, ByteBuffer.wrap(elements));
        } catch (java.io.EOFException | java.util.zip.ZipException e) {
            throw damaged(file, "a compressed stream that is cut off or broken (" + e.getMessage() + ")", "a whole one")
                    .causedBy(e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        var stream = Files.newInputStream(file);
        if (!file.toString().endsWith(GZIP)) {
            return stream;
        }
        try {
            return new GZIPInputStream(stream, 1 << 16);
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    private static int number(Path file, InputStream stream, String what) throws IOException {
        var bytes = stream.readNBytes(Integer.BYTES);
        if (bytes.length < Integer.BYTES) {
            throw damaged(file, "its end within " + what, "a whole file");
        }
        return ByteBuffer.wrap(bytes).getInt();
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
