package dev.clade.bench.soak;

import dev.clade.zoo.tensor.Library;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Memory over many updates:
///
/// ```
/// bench/run soak [--updates 100000] [--digits FOLDER]
/// bench/run soak --agents 1000000
/// ```
///
/// With `--agents`, those with a memory over so many agent steps each, in updates of 20 x 8. A row is a subject, a
/// column a share of its updates: what the process has in memory then [MB], and in brackets
/// how many native objects live. The first tenth warms up. Java's heap is all there from the beginning
/// (`bench/run` says so), so that what grows is native. Workloads are small ones, so that updates are many: what
/// leaks leaks in every update, whatever its size.
public final class Soak {

    private static final int PARTS = 10;
    private static final double MEGABYTE = 1 << 20;

    private Soak() {}

    /// Makes a subject.
    @FunctionalInterface
    private interface Making {
        Subject made() throws IOException;
    }

    public static void main(String[] words) throws IOException {
        if (words.length == 2 && words[0].equals("--agents")) {
            agents(Integer.parseInt(words[1]));
            return;
        }
        int updates = 100_000;
        var subjects = new LinkedHashMap<String, Making>();
        for (var optimiser : List.of("sgd", "rmsprop", "adam")) {
            subjects.put(optimiser, () -> Optimisers.alone(optimiser));
            subjects.put(optimiser + ", stacked", () -> Optimisers.stacked(optimiser));
        }
        var actor = new LinkedHashMap<>(Map.of("zoo", "actor", "world", "dots", "environments", "2", "unroll", "2"));
        subjects.put("actor", () -> Subject.workload(with(actor, "1")));
        subjects.put("actor in lanes", () -> Subject.workload(with(actor, "4")));
        for (int i = 0; i + 1 < words.length; i += 2) {
            if (words[i].equals("--updates")) {
                updates = Integer.parseInt(words[i + 1]);
            } else {
                var digits = Map.of("zoo", "digits", "network", "mlp", "batch", "4", "data", words[i + 1]);
                subjects.put("digits", () -> Subject.workload(with(digits, "1")));
                subjects.put("digits in lanes", () -> Subject.workload(with(digits, "4")));
            }
        }
        System.out.println("memory [MB] (native objects) over " + updates + " updates");
        for (var subject : subjects.entrySet()) {
            soaked(subject.getKey(), subject.getValue(), updates);
        }
    }

    private static void agents(int steps) throws IOException {
        System.out.println("memory [MB] (native objects) over " + steps + " agent steps");
        var worlds = new TreeMap<>(Map.of("a3c", "battle/beacon", "fun", "crossing", "unreal", "maze/apples"));
        for (var world : worlds.entrySet()) {
            var trainer = Map.of("zoo", world.getKey(), "world", world.getValue());
            soaked(world.getKey(), () -> Subject.workload(trainer), steps);
        }
    }

    private static Map<String, String> with(Map<String, String> trainer, String lanes) {
        var all = new LinkedHashMap<>(trainer);
        all.put("lanes", lanes);
        return all;
    }

    private static void soaked(String name, Making making, int updates) throws IOException {
        var moments = new ArrayList<String>();
        long objects = Library.objects();
        long first = 0;
        long last = 0;
        try (var subject = making.made()) {
            for (int part = 1; part <= PARTS; part++) {
                subject.update(updates / PARTS);
                last = Library.physicalBytes();
                first = part == 1 ? last : first;
                if (part == 1 || part == PARTS || part % 3 == 0) {
                    moments.add(String.format(Locale.ROOT, "%6.1f (%d)", last / MEGABYTE, Library.objects() - objects));
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-18s %s  grown by %.1f, left (%d)%n",
                name,
                String.join("  ", moments),
                (last - first) / MEGABYTE,
                Library.objects() - objects);
    }
}
