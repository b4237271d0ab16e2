package dev.clade.run;

import dev.clade.run.Cycle.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// A slot as others see it who wait for it: what it is doing, and whether that misses a deadline. The slot's thread
/// says what it does; any thread may watch.
final class Watched {

    /// How long what begins may take when the worker is to stop: most have begun by then, and end as ever.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Slot.Shared shared;
    private final Body body;
    private final Time time;
    private final AtomicReference<Optional<String>> hung = new AtomicReference<>(Optional.empty());
    private volatile Watch watch = Watch.NOTHING;
    private volatile List<Metered> stretches = List.of();
    private volatile boolean abandoned;
    private volatile boolean drawing;
    private volatile boolean left;

    Watched(Slot.Shared shared, Body body, Time time) {
        this.shared = shared;
        this.body = body;
        this.time = time;
    }

    // ---- by the slot

    /// A phase begins: nothing of it hangs yet.
    void begins(Phase phase, Crew crew) {
        hung.set(Optional.empty());
        does(phase, crew);
    }

    /// From now on, for all that it has in hand.
    void does(Phase phase, Crew crew) {
        does(
                phase,
                crew.all().values().stream()
                        .map(lane -> new Watch.Hand(lane.lease, Optional.empty()))
                        .toList());
    }

    /// From now on, for these.
    void does(Phase phase, List<Watch.Hand> hands) {
        watch = new Watch(phase, time.now(), hands);
    }

    /// Who waits for room does not hang.
    void waits() {
        watch = Watch.NOTHING;
    }

    /// What it trains through.
    void trains(List<Metered> through) {
        stretches = List.copyOf(through);
    }

    /// Draws, which nobody's training waits for.
    void draws(Runnable drawing) {
        this.drawing = true;
        does(Phase.FINALS, List.of());
        try {
            drawing.run();
        } finally {
            watch = Watch.NOTHING;
            this.drawing = false;
        }
    }

    /// The deadline for which what its trainer did was ended, in this phase.
    Optional<String> hung() {
        return hung.get();
    }

    // ---- by any thread

    boolean abandoned() {
        return abandoned;
    }

    /// As [Slot#leaveIfBeginning].
    void leaveIfBeginning() {
        var now = watch;
        boolean late = time.now().minus(now.since()).compareTo(PATIENCE) > 0;
        if (now.phase() == Phase.BEGINNING && late && !left) {
            left = true; // first: the slot's thread asks as soon as its trainer has been ended
            left = body.abort("the worker was asked to stop");
        }
    }

    /// Whether what its trainer did was ended because the worker is to stop: nobody's failure.
    boolean left() {
        return left;
    }

    /// As [Slot#abandonIfHung].
    ///
    /// @param leaving gives the slot's room back
    Optional<String> abandonIfHung(Runnable leaving) {
        var now = watch;
        var missed = now.missed(shared.log().newest().specification(), time.now(), this::advanced)
                .filter(why -> !aborted(why));
        missed.ifPresent(why -> {
            abandoned = true;
            if (drawing) {
                shared.gallery().ifPresent(g -> g.note(shared.log().newest().openings(), why));
            }
            leaving.run();
            now.lost(shared.log(), shared.worker(), why);
        });
        return missed;
    }

    private boolean aborted(String why) {
        hung.compareAndSet(Optional.empty(), Optional.of(why));
        return body.abort(why);
    }

    private boolean advanced() {
        return stretches.stream().anyMatch(Metered::goesOn);
    }
}
