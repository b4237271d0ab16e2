package dev.clade.zoo.translation;

import dev.clade.zoo.tensor.Tensor;
import java.util.Arrays;

/// What is added to a symbol for the place where it stands (Vaswani et al. 2017, section 3.5): sines and
/// cosines of wavelengths from `2 pi` to `20000 pi`. Any number of places.
final class Positions {

    private static final double BASE = 10_000;

    private final int width;
    private float[] table;

    /// @param width an even number
    Positions(int width) {
        this.width = width;
        table = made(0);
    }

    /// Places `from` to `from + count - 1`, `(count, 1, width)`.
    Tensor of(int from, int count) {
        int needed = (from + count) * width;
        if (table.length < needed) {
            table = made(2 * (from + count));
        }
        return Tensor.of(Arrays.copyOfRange(table, from * width, needed), count, 1, width);
    }

    private float[] made(int places) {
        var made = new float[places * width];
        for (int place = 0; place < places; place++) {
            for (int i = 0; i < width; i += 2) {
                double angle = place / StrictMath.pow(BASE, (double) i / width);
                made[place * width + i] = (float) StrictMath.sin(angle);
                made[place * width + i + 1] = (float) StrictMath.cos(angle);
            }
        }
        return made;
    }
}
