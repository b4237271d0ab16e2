package dev.clade.zoo.gan;

import dev.clade.zoo.images.ImageSet;
import dev.clade.zoo.images.Sheet;
import java.io.IOException;
import java.nio.file.Path;

/// What a person should see: a hundred generated images, and a hundred real ones.
final class Pictures {

    private static final int SIDE = 10;

    private Pictures() {}

    /// Writes `generated.png`, and `real.png` with the first images of a set.
    static void write(Path folder, Sampling sampling, long seed, ImageSet real) throws IOException {
        var shape = real.shape();
        var sheet = Sheet.of(shape, SIDE);
        var generated = new float[SIDE * SIDE * shape.size()];
        sampling.draw(SIDE * SIDE, seed, (at, images) -> {
            var some = images.floats();
            System.arraycopy(some, 0, generated, at * shape.size(), some.length);
        });
        sheet.write(folder.resolve("generated.png"), generated);
        int count = Math.min(SIDE * SIDE, real.count());
        var first = new float[count * shape.size()];
        for (int i = 0; i < count; i++) {
            real.copy(i, first, i * shape.size());
        }
        sheet.write(folder.resolve("real.png"), first);
    }
}
