package dev.clade.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.Decision;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Population;
import dev.clade.tune.Decider;
import java.util.List;

/// What must hold for every log.
public final class Proof {

    private Proof() {}

    /// The fold accepts every entry, and every decision is made again from its basis.
    public static void holds(List<Entry> entries, Decider decider) {
        var at = Population.first(entries.getFirst());
        var prefixes = new java.util.TreeMap<Long, Population>();
        prefixes.put(1L, at);
        for (var entry : entries.subList(1, entries.size())) {
            at = at.with(entry);
            prefixes.put(entry.position(), at);
            if (entry.event() instanceof Event.Decided decided) {
                var basis = prefixes.get(decided.basis());
                assertThat(decider.again(basis, decided.member(), late(decided.decision())))
                        .isEqualTo(decided);
            }
        }
    }

    private static boolean late(Decision decision) {
        return decision.because().rule().equals("late");
    }
}
