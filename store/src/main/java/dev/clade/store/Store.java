package dev.clade.store;

import dev.clade.fault.Fault;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A place for experiments, each under its name. Any thread may call.
public interface Store extends AutoCloseable {

    /// An experiment by name.
    ///
    /// @param id unique for ever, unlike the name
    record Named(String name, String id, Instant created) {}

    /// An experiment, opened.
    ///
    /// @param log its events; closing it closes all of it
    /// @param shelf what is known of its checkpoints' bytes
    /// @param measurements its live measurements
    record Opened(EventLog log, Shelf shelf, Measurements measurements) {}

    /// All experiments, by name.
    List<Named> experiments();

    /// A new experiment.
    ///
    /// @throws dev.clade.fault.Fault 2107 if the name is taken
    Opened create(String name, Event.ExperimentCreated created);

    /// A new experiment with a history that was made elsewhere: every entry as it is, none of its
    /// checkpoints.
    ///
    /// @param entries at least one, from the first
    /// @throws Fault 2107 if the name is taken, 2108 if an experiment of its identity is there, 5101 if it is
    ///     no history
    Opened imported(String name, List<Entry> entries);

    /// An experiment that is there.
    ///
    /// @throws dev.clade.fault.Fault 2201 or 2202 for a log that cannot be read
    Optional<Opened> open(String name);

    /// Forgets an experiment: its log, its measurements, what is known of its checkpoints.
    void remove(String name);

    @Override
    void close();

    /// A name that another experiment has.
    static Fault taken(String name, Instant created) {
        return new Fault(
                2107,
                "experiment '" + name + "' is in the store already.",
                "one that was created " + created + ".",
                "a name that is free.",
                "go on with it by 'clade resume " + name + "', or choose another name.");
    }

    /// A history whose experiment is there under another name.
    static Fault there(String id, String name) {
        return new Fault(
                2108,
                "this history is in the store already.",
                "experiment '" + name + "' of the same identity, " + id + ".",
                "a history of an experiment that is not there.",
                "read '" + name + "', or choose another store.");
    }
}
