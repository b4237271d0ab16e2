package dev.clade.zoo.digits;

import dev.clade.zoo.images.OpticalDigits;
import dev.clade.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/// Images of 8 x 8 pixels with their classes, in the order of their file. A pixel is -1 (paper) to 1 (ink).
final class Images {

    static final int SIDE = 8;
    static final int PIXELS = SIDE * SIDE;
    static final int CLASSES = 10;

    private final float[][] pixels;
    private final long[] classes;

    private Images(float[][] pixels, long[] classes) {
        this.pixels = pixels;
        this.classes = classes;
    }

    /// Reads a UCI file.
    ///
    /// @throws dev.clade.fault.Fault 3303 where there is no file, 3304 with file and line for a line of
    /// another kind
    static Images read(Path file) throws IOException {
        var read = OpticalDigits.read(file, DigitsModel.NAME);
        var images = new Images(new float[read.count()][PIXELS], new long[read.count()]);
        for (int i = 0; i < read.count(); i++) {
            read.copy(i, images.pixels[i], 0);
            images.classes[i] = read.classOf(i);
        }
        return images;
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

    /// What a square kernel of this size, with its middle on every `stride`-th pixel of every `stride`-th
    /// row, sees of each image: patch by patch, 0 beyond the edge.
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
