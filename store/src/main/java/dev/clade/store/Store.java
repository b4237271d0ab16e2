package dev.clade.store;

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

    /// An experiment that is there.
    ///
    /// @throws dev.clade.fault.Fault 2201 or 2202 for a log that cannot be read
    Optional<Opened> open(String name);

    /// Forgets an experiment: its log, its measurements, what is known of its checkpoints.
    void remove(String name);

    @Override
    void close();
}
