package dev.clade.bench.simulate;

/// How fast experiments are simulated:
///
/// ```
/// bench/run simulate
/// ```
public final class Simulate {

    private Simulate() {}

    public static void main(String[] words) {
        for (int slots : new int[] {20, 4}) {
            Throughput.print(10, slots, "power_law");
        }
        Throughput.print(10, 20, "drift");
    }
}
