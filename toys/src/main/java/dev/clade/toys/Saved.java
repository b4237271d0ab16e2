package dev.clade.toys;

import dev.clade.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// A few numbers in a file `state`, one a line, in Java's exact notation.
final class Saved {

    private Saved() {}

    static void write(Path folder, double... numbers) throws IOException {
        Files.writeString(
                folder.resolve("state"),
                DoubleStream.of(numbers).mapToObj(Double::toString).collect(Collectors.joining("\n")));
    }

    static double[] read(Path folder, int count) throws IOException {
        var file = folder.resolve("state");
        try {
            var numbers = Files.readAllLines(file).stream()
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            if (numbers.length == count) {
                return numbers;
            }
            throw damaged(file, numbers.length + " numbers", count);
        } catch (NumberFormatException e) {
            throw damaged(file, String.valueOf(e.getMessage()), count);
        }
    }

    private static Fault damaged(Path file, String found, int count) {
        return new Fault(
                3202,
                "a toy's save is damaged: " + file + ".",
                found + ".",
                count + " numbers, one a line.",
                "let the member go on from another checkpoint.");
    }
}
