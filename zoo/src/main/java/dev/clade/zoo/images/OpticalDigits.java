package dev.clade.zoo.images;

import dev.clade.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The UCI *Optical Recognition of Handwritten Digits* (Alpaydin, Kaynak 1998): a line for each image, 64
/// whole numbers from 0 (paper) to 16 (ink), row by row, and the class from 0 to 9, separated by commas.
public final class OpticalDigits {

    public static final String TRAINING = "optdigits.tra";
    public static final String TEST = "optdigits.tes";

    private static final Shape SHAPE = new Shape(1, 8, 8);
    private static final int CLASSES = 10;
    private static final int MOST_INK = 16;
    private static final Pattern LINE = Pattern.compile("\\d{1,2}(,\\d{1,2}){" + SHAPE.size() + "}");

    private final Path file;
    private final byte[] pixels;
    private final byte[] classes;

    private OpticalDigits(Path file, int count) {
        this.file = file;
        pixels = new byte[count * SHAPE.size()];
        classes = new byte[count];
    }

    /// Reads one file. A last line that is empty is none.
    ///
    /// @param trainer whose data it is, for errors
    /// @throws Fault 3303 where there is no file, 3304 with file and line for a line of another kind
    public static ImageSet read(Path file, String trainer) throws IOException {
        if (!Files.exists(file)) {
            throw absent(file, trainer);
        }
        var lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        int count = !lines.isEmpty() && lines.getLast().isBlank() ? lines.size() - 1 : lines.size();
        var images = new OpticalDigits(file, count);
        for (int i = 0; i < count; i++) {
            images.put(i, lines.get(i));
        }
        return new ImageSet(SHAPE, images.pixels, MOST_INK, images.classes);
    }

    private static Fault absent(Path file, String trainer) {
        return new Fault(
                3303,
                "the trainer '" + trainer + "' has no data.",
                "no file " + file + ".",
                TRAINING + " and " + TEST + " of \"Optical Recognition of Handwritten Digits\".",
                "get both from https://archive.ics.uci.edu/dataset/80 (optical+recognition+of+handwritten+digits.zip,"
                        + " CC BY 4.0) and put them into that folder, or name theirs: trainer: {zoo: " + trainer
                        + ", data: FOLDER}.");
    }

    private void put(int image, String line) {
        if (!LINE.matcher(line).matches()) {
            throw malformed(image, shortened(line));
        }
        var numbers = line.split(",");
        for (int i = 0; i < SHAPE.size(); i++) {
            int ink = Integer.parseInt(numbers[i]);
            if (ink > MOST_INK) {
                throw malformed(image, ink + " as number " + (i + 1));
            }
            pixels[image * SHAPE.size() + i] = (byte) ink;
        }
        classes[image] = Byte.parseByte(numbers[SHAPE.size()]);
        if (classes[image] >= CLASSES) {
            throw malformed(image, "class " + classes[image]);
        }
    }

    private static String shortened(String line) {
        return line.isBlank() ? "an empty line" : line.length() <= 40 ? line : line.substring(0, 40) + "...";
    }

    private Fault malformed(int image, String found) {
        return new Fault(
                3304,
                file + ":" + (image + 1) + " is no image.",
                found + ".",
                "64 whole numbers from 0 to 16 and a class from 0 to 9, separated by commas.",
                "get the file again from https://archive.ics.uci.edu/dataset/80.");
    }
}
