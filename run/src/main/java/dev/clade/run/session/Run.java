package dev.clade.run.session;

import dev.clade.fault.Fault;
import dev.clade.trainer.Stretch;
import java.util.Optional;
import java.util.OptionalLong;

/// One lane's way through its stretch, as far as the program says that it has come. Used by one thread.
final class Run {

    private final Stretch stretch;
    private final long from;
    private final OptionalLong steps;
    private long reached;

    Run(Stretch stretch) {
        this.stretch = stretch;
        this.from = stretch.step();
        this.steps = stretch.timed() ? OptionalLong.empty() : OptionalLong.of(stretch.remaining());
        this.reached = from;
    }

    Stretch stretch() {
        return stretch;
    }

    /// The member's own step at the beginning.
    long from() {
        return from;
    }

    /// How many, where the end is known in steps.
    OptionalLong steps() {
        return steps;
    }

    private long most() {
        return steps.isPresent() ? from + steps.getAsLong() : Long.MAX_VALUE;
    }

    /// Whether the program must be told to end; it ends by itself after the last step.
    boolean over() {
        return reached < most() && stretch.over();
    }

    /// The program has come to a step.
    ///
    /// @return what is wrong with it
    Optional<Fault> reached(long step) {
        if (step < reached || step > most()) {
            return Optional.of(Breach.step(
                    "step " + step, steps.isPresent() ? "from " + reached + " to " + most() : reached + " or more"));
        }
        stretch.begun();
        if (step > reached) {
            stretch.done(step - reached);
            reached = step;
        }
        return Optional.empty();
    }

    /// The program has ended the segment after so many steps.
    Optional<Fault> trained(long all) {
        return reached(from + all);
    }
}
