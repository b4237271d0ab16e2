package dev.clade.study.compare;

import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A comparison before it begins: who takes part, under which seeds.
///
/// @param name of the comparison
/// @param arms the first is what the others are compared with
/// @param seeds of the populations; one seed gives all arms the same initial draws
public record Plan(String name, List<Arm> arms, List<Long> seeds) {

    public Plan {
        arms = List.copyOf(arms);
        seeds = List.copyOf(seeds);
    }

    /// One experiment of a comparison.
    public record Entry(Arm arm, long seed) {}

    /// `seed`, `seed + 1`, ...
    public static List<Long> seeds(long first, int count) {
        var seeds = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            seeds.add(first + i);
        }
        return seeds;
    }

    /// All experiments in their order: by seed, then by arm, so that however early a comparison is ended,
    /// seeds are paired. Those that follow pbt come after it.
    public List<Entry> entries() {
        return seeds.stream()
                .flatMap(seed -> arms.stream().map(arm -> new Entry(arm, seed)))
                .toList();
    }

    /// What an experiment is called in its store.
    ///
    /// @throws Fault 4124 for a name that no experiment can have
    public String named(Entry entry) {
        var named = name + "." + entry.arm().name() + "." + entry.seed();
        if (!Specification.named(named)) {
            throw new Fault(
                    4124,
                    "an experiment of the comparison cannot be called '" + named + "'.",
                    named + ".",
                    Specification.NAMES + ".",
                    "choose another --name for the comparison.");
        }
        return named;
    }

    /// What the log of an experiment says of its place in the comparison.
    public SortedMap<String, String> provenance(Entry entry, List<String> notes) {
        var provenance = new TreeMap<String, String>();
        provenance.put("study", name);
        provenance.put("study.arm", entry.arm().name());
        provenance.put("study.seed", Long.toString(entry.seed()));
        provenance.put("study.arms", arms.stream().map(Arm::name).collect(Collectors.joining(" ")));
        provenance.put("study.seeds", seeds.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        if (!notes.isEmpty()) {
            provenance.put("study.notes", String.join("; ", notes));
        }
        return provenance;
    }
}
