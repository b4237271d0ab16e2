package dev.clade.zoo.digits;

import dev.clade.random.Philox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A data set in the UCI format that nobody wrote by hand: each class inks a row or column of its own, with
/// noise.
public final class Synthetic {

    private Synthetic() {}

    public static Path written(Path folder, int training, int test) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(Data.TRAINING), lines(training, 1));
        Files.write(folder.resolve(Data.TEST), lines(test, 2));
        return folder;
    }

    static List<String> lines(int count, long seed) {
        var random = Philox.keyed(seed, 0, 0, "synthetic");
        var lines = new ArrayList<String>();
        for (int image = 0; image < count; image++) {
            int digit = image % Images.CLASSES;
            var line = new StringBuilder();
            for (int pixel = 0; pixel < Images.PIXELS; pixel++) {
                boolean inked = digit < 5 ? pixel / Images.SIDE == digit : pixel % Images.SIDE == digit - 5;
                line.append((inked ? 10 : 0) + random.nextInt(7)).append(',');
            }
            lines.add(line.append(digit).toString());
        }
        return lines;
    }
}
