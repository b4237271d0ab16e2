package dev.clade.zoo.digits;

import dev.clade.fault.Fault;
import dev.clade.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/// Images of 8 x 8 pixels with their classes, in the order of their file. A pixel is -1 (paper) to 1 (ink).
final class Images {

    static final int SIDE = 8;
    static final int PIXELS = SIDE * SIDE;
    static final int CLASSES = 10;

    private static final int MOST_INK = 16;
    private static final Pattern LINE = Pattern.compile("\\d{1,2}(,\\d{1,2}){" + PIXELS + "}");

    private final float[][] pixels;
    private final long[] classes;

    private Images(float[][] pixels, long[] classes) {
        this.pixels = pixels;
        this.classes = classes;
    }

    /// Reads a UCI file: a line for each image, 64 whole numbers from 0 to 16, row by row, and the class from 0
    /// to 9, separated by commas. A last line that is empty is none.
    ///
    /// @throws Fault 3303 where there is no file, 3304 with file and line for a line of another kind
    static Images read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw absent(file);
        }
        var lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        int count = !lines.isEmpty() && lines.getLast().isBlank() ? lines.size() - 1 : lines.size();
        var images = new Images(new float[count][PIXELS], new long[count]);
        for (int i = 0; i < count; i++) {
            images.put(i, lines.get(i), file);
        }
        return images;
    }

    private static Fault absent(Path file) {
        return new Fault(
                3303,
                "the trainer 'digits' has no data.",
                "no file " + file + ".",
                Data.TRAINING + " and " + Data.TEST + " of \"Optical Recognition of Handwritten Digits\".",
                "get both from https://archive.ics.uci.edu/dataset/80 (optical+recognition+of+handwritten+digits.zip,"
                        + " CC BY 4.0) and put them into that folder, or name theirs: trainer: {zoo: digits, data:"
                        + " FOLDER}.");
    }

    private void put(int image, String line, Path file) {
        if (!LINE.matcher(line).matches()) {
            throw malformed(file, image, shortened(line));
        }
        var numbers = line.split(",");
        for (int i = 0; i < PIXELS; i++) {
            int ink = Integer.parseInt(numbers[i]);
            if (ink > MOST_INK) {
                throw malformed(file, image, ink + " as number " + (i + 1));
            }
            pixels[image][i] = ink / (MOST_INK / 2f) - 1;
        }
        classes[image] = Integer.parseInt(numbers[PIXELS]);
        if (classes[image] >= CLASSES) {
            throw malformed(file, image, "class " + classes[image]);
        }
    }

    private static String shortened(String line) {
        return line.isBlank() ? "an empty line" : line.length() <= 40 ? line : line.substring(0, 40) + "...";
    }

    private static Fault malformed(Path file, int image, String found) {
        return new Fault(
                3304,
                file + ":" + (image + 1) + " is no image.",
                found + ".",
                "64 whole numbers from 0 to 16 and a class from 0 to 9, separated by commas.",
                "get the file again from https://archive.ics.uci.edu/dataset/80.");
    }

    int count() {
        return classes.length;
    }

    /// The images `order[from] .. order[to - 1]`.
    Images picked(int[] order, int from, int to) {
        var some = new Images(new float[to - from][], new long[to - from]);
        for (int i = from; i < to; i++) {
            some.pixels[i - from] = pixels[order[i]];
            some.classes[i - from] = classes[order[i]];
        }
        return some;
    }

    /// The images `from .. to - 1`.
    Images part(int from, int to) {
        return new Images(Arrays.copyOfRange(pixels, from, to), Arrays.copyOfRange(classes, from, to));
    }

    /// All pixels, `(N, 1, 8, 8)`.
    Tensor pixels() {
        var row = new float[count() * PIXELS];
        for (int i = 0; i < count(); i++) {
            System.arraycopy(pixels[i], 0, row, i * PIXELS, PIXELS);
        }
        return Tensor.of(row, count(), 1, SIDE, SIDE);
    }

    /// The pixels of each image, row by row.
    float[][] rows() {
        return pixels;
    }

    /// What a square kernel of this size, with its middle on every `stride`-th pixel of every `stride`-th row, sees
    /// of each image: patch by patch, 0 beyond the edge.
    float[][] patches(int kernel, int stride) {
        int places = SIDE / stride;
        var patches = new float[count()][places * places * kernel * kernel];
        for (int image = 0; image < count(); image++) {
            int at = 0;
            for (int place = 0; place < places * places; place++) {
                for (int cell = 0; cell < kernel * kernel; cell++) {
                    int row = place / places * stride + cell / kernel - kernel / 2;
                    int column = place % places * stride + cell % kernel - kernel / 2;
                    boolean inside = row >= 0 && row < SIDE && column >= 0 && column < SIDE;
                    patches[image][at++] = inside ? pixels[image][row * SIDE + column] : 0;
                }
            }
        }
        return patches;
    }

    /// The class of an image, counted from 0.
    int classOf(int image) {
        return (int) classes[image];
    }

    /// All classes, `(N)`.
    Tensor classes() {
        return Tensor.of(classes);
    }
}
