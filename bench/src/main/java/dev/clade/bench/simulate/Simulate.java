package dev.clade.bench.simulate;

import java.util.Arrays;

/// How fast experiments are simulated, and how the time of a decision grows with the population:
///
/// ```
/// bench/run simulate [--experiments 400] [--members 1000,10000,100000]
/// ```
public final class Simulate {

    private static final String SIZES = "--members";
    private static final String EXPERIMENTS = "--experiments";

    private Simulate() {}

    public static void main(String[] words) {
        if (words.length == 2 && words[0].equals(SIZES)) {
            Sizes.print(Arrays.stream(words[1].split(",")).map(Integer::valueOf).toList());
            return;
        }
        if (words.length != 0 && !(words.length == 2 && words[0].equals(EXPERIMENTS))) {
            System.err.println("found: " + String.join(" ", words) + "; expected: " + EXPERIMENTS + " COUNT or " + SIZES
                    + " COUNT,COUNT");
            System.exit(2);
        }
        int experiments = words.length == 0 ? 400 : Integer.parseInt(words[1]);
        Throughput.print(experiments, 20, "power_law");
        Throughput.print(experiments, 4, "power_law");
        Throughput.print(experiments, 20, "drift");
    }
}
