package dev.clade.study.simulate;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The state of a simulated model: a few numbers in a file.
final class Numbers {

    private static final String FILE = "simulated";

    private Numbers() {}

    static void write(Path folder, double... numbers) throws IOException {
        try (var out = new DataOutputStream(Files.newOutputStream(folder.resolve(FILE)))) {
            for (double number : numbers) {
                out.writeDouble(number);
            }
        }
    }

    static double[] read(Path folder, int count) throws IOException {
        var numbers = new double[count];
        try (var in = new DataInputStream(Files.newInputStream(folder.resolve(FILE)))) {
            for (int i = 0; i < count; i++) {
                numbers[i] = in.readDouble();
            }
        }
        return numbers;
    }
}
