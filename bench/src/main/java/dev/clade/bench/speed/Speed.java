package dev.clade.bench.speed;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// What decisions, cycles, measurements, copies and slots cost, as floors of the design have it:
///
/// ```
/// bench/run speed [decisions] [cycles] [measurements] [reports] [copies] [slots]
/// bench/run speed tuners [WORD...]
/// ```
public final class Speed {

    private static final List<String> ALL =
            List.of("decisions", "tuners", "cycles", "measurements", "reports", "copies", "slots");

    private Speed() {}

    public static void main(String[] words) throws Exception {
        var asked = words.length == 0 ? ALL : Arrays.asList(words);
        var folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "speed");
        PrintStream out = System.out;
        try {
            if (asked.getFirst().equals("tuners")) {
                Made.print(asked.subList(1, asked.size()), out);
                return;
            }
            for (var what : asked) {
                switch (what) {
                    case "decisions" -> Decisions.print(out);
                    case "tuners" -> Made.print(List.of(), out);
                    case "cycles" -> Cycles.print(folder, out);
                    case "measurements" -> Cycles.printMeasurements(folder, out);
                    case "reports" -> Reports.print(folder, out);
                    case "copies" -> Copies.print(folder, out);
                    case "slots" -> Slots.print(folder, out);
                    default -> out.println(what + "? One of " + ALL);
                }
            }
        } finally {
            Copies.delete(folder);
        }
    }
}
