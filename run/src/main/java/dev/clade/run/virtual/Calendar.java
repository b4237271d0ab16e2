package dev.clade.run.virtual;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeSet;

/// What is due in virtual time, and which slots have found nothing to do.
final class Calendar {

    private static final Comparator<Due> ORDER =
            Comparator.comparing(Due::at).thenComparing(Due::what).thenComparingInt(Due::seat);

    private final PriorityQueue<Due> due = new PriorityQueue<>(ORDER);
    private final Map<Integer, Due> steps = new HashMap<>();
    private final TreeSet<Integer> parked = new TreeSet<>();

    /// What happens at a time; of things at the same time, in this order, and then by slot.
    enum What {
        DEATH,
        NOTICE,
        ARRIVAL,
        /// A slot performs its next phase.
        STEP
    }

    /// @param worker the how-many-eth of its slot
    record Due(Instant at, What what, int seat, int worker) {}

    void add(Instant at, What what, int seat, int worker) {
        due.add(new Due(at, what, seat, worker));
    }

    /// A slot performs its next phase at a time.
    void step(Instant at, int seat) {
        var step = new Due(at, What.STEP, seat, 0);
        steps.put(seat, step);
        due.add(step);
    }

    /// A slot has found nothing to do.
    void park(int seat) {
        parked.add(seat);
    }

    /// Something has happened: of those who found nothing to do the first looks again. Where it finds
    /// nothing, no other does; where it does, that is something that has happened.
    void wake(Instant now) {
        if (!parked.isEmpty()) {
            step(now, parked.removeFirst());
        }
    }

    Optional<Due> next() {
        return Optional.ofNullable(due.peek());
    }

    void remove(Due next) {
        due.remove(next);
        if (next.what() == What.STEP) {
            steps.remove(next.seat());
        }
    }

    /// A slot performs nothing more.
    void forget(int seat) {
        parked.remove(seat);
        var step = steps.remove(seat);
        if (step != null) {
            due.remove(step);
        }
    }

    /// The slots whose phase goes on after a time.
    List<Integer> after(Instant now) {
        var after = new ArrayList<Integer>();
        steps.values().stream()
                .filter(step -> step.at().isAfter(now))
                .map(Due::seat)
                .sorted()
                .forEach(after::add);
        return after;
    }
}
