package dev.clade.run.virtual;

import dev.clade.run.Slot;
import dev.clade.run.Time;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The place of one slot, which may be taken by one worker after another.
final class Seat {

    private final int number;
    private final Costs costs;
    private final Conditions conditions;
    private final Spent time;
    private int worker = -1;
    private Optional<Taken> taken = Optional.empty();

    private record Taken(Slot.Shared shared, Slot slot, Lanes lanes) {}

    Seat(int number, VirtualClock clock, Costs costs, Conditions conditions) {
        this.number = number;
        this.costs = costs;
        this.conditions = conditions;
        this.time = new Spent(clock);
    }

    int number() {
        return number;
    }

    /// The how-many-eth worker it is, from 0.
    int worker() {
        return worker;
    }

    /// The number of a worker that comes.
    int arrived() {
        return ++worker;
    }

    void takes(Trainer.Factory trainers, Slot.Shared shared) {
        var lanes = lanes(trainers, new Place(number, 1, "cpu"));
        taken = Optional.of(new Taken(shared, new Slot(shared, lanes, time), lanes));
    }

    /// Crews, where the trainer makes them. Who fails by chance trains alone.
    private Lanes lanes(Trainer.Factory trainers, Place place) {
        try {
            return conditions.failures() > 0
                    ? Lanes.of(new Unreliable(trainers.create(place), conditions, costs.step()))
                    : trainers.lanes(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean taken() {
        return taken.isPresent();
    }

    Slot slot() {
        return taken.orElseThrow().slot();
    }

    Spent time() {
        return time;
    }

    /// What its slot is in the middle of is given back; it begins anew.
    void stops() {
        var old = taken.orElseThrow();
        old.slot().close();
        taken = Optional.of(new Taken(old.shared(), new Slot(old.shared(), old.lanes(), time), old.lanes()));
    }

    void leaves() {
        taken.orElseThrow().lanes().close();
        taken = Optional.empty();
    }

    /// What the work of one phase takes.
    final class Spent implements Time {

        private final VirtualClock clock;
        private final double speed = conditions.speed(number);
        private double factor = 1;
        private int phase;
        private Duration spent = Duration.ZERO;

        private Spent(VirtualClock clock) {
            this.clock = clock;
        }

        /// A phase begins.
        void begins() {
            spent = Duration.ZERO;
            factor = speed * conditions.slowdown(number, phase++);
        }

        Duration taken() {
            return spent;
        }

        @Override
        public Duration now() {
            return Duration.between(Instant.EPOCH, clock.instant()).plus(spent);
        }

        @Override
        public void spend(Duration time) {
            spent = spent.plus(Conditions.scaled(time, factor));
        }

        @Override
        public void worked(Work work, long steps) {
            spend(
                    switch (work) {
                        case LOAD -> costs.load();
                        case TRAIN -> costs.step().multipliedBy(steps);
                        case EVALUATE -> costs.evaluate();
                        case SAVE -> costs.save();
                        case DECIDE -> Duration.ZERO;
                    });
        }
    }
}
