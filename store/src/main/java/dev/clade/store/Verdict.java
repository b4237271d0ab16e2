package dev.clade.store;

import dev.clade.fault.Fault;

/// What became of an append.
public sealed interface Verdict {

    /// Durable, the last event at this position.
    record Accepted(long position) implements Verdict {}

    /// Somebody else has the member now: drop all that was done for it.
    record Fenced() implements Verdict {}

    /// Something after the basis forbids it: catch up and decide again.
    record Stale(String reason) implements Verdict {}

    /// The state does not allow it.
    record Refused(Fault fault) implements Verdict {}
}
