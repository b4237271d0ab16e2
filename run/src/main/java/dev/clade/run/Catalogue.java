package dev.clade.run;

import dev.clade.population.Population;
import dev.clade.store.EventLog;

/// A worker's own fold of a log. Its slots share it; any thread may call.
public final class Catalogue {

    private static final int PAGE = 10_000;

    private final EventLog log;
    private Population population;

    public Catalogue(EventLog log) {
        this.log = log;
        this.population = Population.first(log.after(0, 1).getFirst());
    }

    /// The population at the newest entry.
    public synchronized Population newest() {
        var entries = log.after(population.position(), PAGE);
        while (!entries.isEmpty()) {
            for (var entry : entries) {
                population = population.with(entry);
            }
            entries = log.after(population.position(), PAGE);
        }
        return population;
    }
}
