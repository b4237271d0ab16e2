package dev.clade.bench.paper;

import dev.clade.fault.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What the program was asked. The last of equal options counts.
record Options(SortedMap<String, String> words) {

    private static final Map<String, String> DEFAULTS =
            Map.of("--seeds", "1..5", "--arms", "pbt,random", "--threads", "1", "--slots", "2");

    private static final List<String> NAMES =
            List.of("--settings", "--data", "--seeds", "--arms", "--against", "--threads", "--slots", "--to", "--draw");

    /// @throws Fault 6010 for what is no option, or too few of them
    static Options of(List<String> words) {
        var options = new TreeMap<String, String>();
        for (int i = 0; i < words.size(); i += 2) {
            if (!NAMES.contains(words.get(i)) || i + 1 == words.size()) {
                throw wrong(String.join(" ", words.subList(i, words.size())));
            }
            options.put(words.get(i), words.get(i + 1));
        }
        if (!options.containsKey("--settings") && !options.containsKey("--draw")) {
            throw wrong(String.join(" ", words));
        }
        var read = new Options(options);
        read.seeds();
        read.threads();
        read.slots();
        read.arms();
        return read;
    }

    private static Fault wrong(String found) {
        return new Fault(
                6010,
                "the comparison cannot start.",
                (found.isBlank() ? "nothing" : found) + ".",
                "--settings FILE [--data FOLDER] [--seeds FIRST..LAST] [--arms A,B,...] [--against ARM] [--threads N]"
                        + " [--to FOLDER] [--slots N], or --draw FOLDER [--arms A,B,...] [--against ARM] [--to FOLDER].",
                "for instance: bench/run paper --settings bench/digits.yaml --data FOLDER --to FOLDER.");
    }

    private Optional<String> find(String name) {
        return Optional.ofNullable(words.get(name)).or(() -> Optional.ofNullable(DEFAULTS.get(name)));
    }

    private String need(String name) {
        return find(name).orElseThrow(() -> wrong("no " + name));
    }

    private int count(String name) {
        var text = need(name);
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw wrong(name + " " + text);
        }
        return Integer.parseInt(text);
    }

    Path settings() {
        return Path.of(need("--settings"));
    }

    Optional<Path> data() {
        return find("--data").map(d -> Path.of(d).toAbsolutePath());
    }

    Optional<Path> to() {
        return find("--to").map(Path::of);
    }

    Optional<Path> draw() {
        return find("--draw").map(Path::of);
    }

    int threads() {
        return count("--threads");
    }

    int slots() {
        return count("--slots");
    }

    /// A range, or one.
    List<Long> seeds() {
        var text = need("--seeds");
        if (!text.matches("[0-9]{1,9}([.][.][0-9]{1,9})?")) {
            throw wrong("--seeds " + text);
        }
        var ends = text.split("[.][.]", -1);
        var seeds = LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]))
                .boxed()
                .toList();
        if (seeds.isEmpty()) {
            throw wrong("--seeds " + text);
        }
        return seeds;
    }

    /// In their own order, each once.
    List<Arm> arms() {
        return List.copyOf(new TreeSet<>(
                Stream.of(need("--arms").split(",", -1)).map(Arm::of).toList()));
    }

    /// Whether an arm shall be shown: all are, where none is named.
    boolean picks(Arm arm) {
        return !words.containsKey("--arms") || arms().contains(arm);
    }

    /// The arm that the others are compared with: random search where it is there, else the first.
    ///
    /// @param arms that are there
    Arm against(List<Arm> arms) {
        var asked = find("--against").map(Arm::of);
        if (asked.isPresent() && !arms.contains(asked.get())) {
            throw wrong("--against " + asked.get() + ", with the arms " + new ArrayList<>(arms));
        }
        var random = Arm.of(Arm.RANDOM);
        return asked.orElse(arms.contains(random) ? random : arms.getFirst());
    }
}
