package dev.clade.store;

import dev.clade.population.Event;
import java.util.List;
import java.util.Optional;

/// Events that shall be appended together or not at all.
///
/// @param lease whose member they are about; none for events of nobody in particular
/// @param basis the position that a decision among them was made from, else any position seen
/// @param serial whether no other decision may lie between that basis and this one
public record Append(Optional<Lease> lease, long basis, List<Event> events, boolean serial) {

    public Append {
        events = List.copyOf(events);
    }

    public static Append of(Lease lease, long basis, Event... events) {
        return new Append(Optional.of(lease), basis, List.of(events), false);
    }

    public static Append of(Event... events) {
        return new Append(Optional.empty(), 0, List.of(events), false);
    }
}
