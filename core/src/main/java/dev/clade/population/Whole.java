package dev.clade.population;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// What is so for the experiment as a whole.
///
/// @param closed the generation of the last barrier that closed, 0 before the first
/// @param quorumAt the running clock when the quorum of the next generation was there
/// @param reserved steps promised to segments, those trained included
/// @param best the best pair that a ranked member ever had
/// @param front with several objectives, the non-dominated pairs that ranked members ever had
/// @param ended why it is over, once it is
/// @param openings how often it was opened: 1, and one more whenever it went on after its end
/// @param finals what is measured afresh at the end
/// @param moved where it went on
/// @param actedAt the position of the last act of an operator, 0 before one
/// @param decidedAt the position of the last decision or wait, 0 before one
/// @param arrivedAt the position of the last outcome, 0 before one
/// @param stale decisions after an outcome since `best` was bettered
record Whole(
        int closed,
        Optional<Duration> quorumAt,
        long reserved,
        Optional<Pair> best,
        Front front,
        boolean targetMet,
        Optional<String> ended,
        int openings,
        Optional<Finals> finals,
        Optional<String> moved,
        long actedAt,
        long decidedAt,
        long arrivedAt,
        int stale) {

    static final Whole NEW = new Whole(
            0,
            Optional.empty(),
            0,
            Optional.empty(),
            Front.NONE,
            false,
            Optional.empty(),
            1,
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            0,
            0);

    Whole reserving(long steps) {
        return edited(w -> w.reserved += steps);
    }

    Whole bettered(Pair pair) {
        return edited(w -> {
            w.best = Optional.of(pair);
            w.stale = 0;
        });
    }

    Whole with(Front changed) {
        return edited(w -> w.front = changed);
    }

    Whole met() {
        return edited(w -> w.targetMet = true);
    }

    Whole with(Finals changed) {
        return edited(w -> w.finals = Optional.of(changed));
    }

    Whole quorum(Optional<Duration> at) {
        return edited(w -> w.quorumAt = at);
    }

    Whole barrier(int generation) {
        return edited(w -> {
            w.closed = generation;
            w.quorumAt = Optional.empty();
        });
    }

    Whole end(String reason, Finals begun) {
        return edited(w -> {
            w.ended = Optional.of(reason);
            w.finals = Optional.of(begun);
        });
    }

    /// @param met whether the target is still met: then only the finals are made again
    Whole reopened(boolean met) {
        return edited(w -> {
            w.targetMet = met;
            w.ended = Optional.empty();
            w.openings++;
            w.finals = Optional.empty();
        });
    }

    Whole acted(long position) {
        return edited(w -> w.actedAt = position);
    }

    /// @param ready whether it followed an outcome
    Whole decided(long position, boolean ready) {
        return edited(w -> {
            w.decidedAt = position;
            w.stale += ready ? 1 : 0;
        });
    }

    Whole arrived(long position) {
        return edited(w -> w.arrivedAt = position);
    }

    Whole moved(String to) {
        return edited(w -> w.moved = Optional.of(to));
    }

    private Whole edited(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.whole();
    }

    /// A state while it is being made from another.
    private static final class Draft {
        private int closed;
        private Optional<Duration> quorumAt;
        private long reserved;
        private Optional<Pair> best;
        private Front front;
        private boolean targetMet;
        private Optional<String> ended;
        private int openings;
        private Optional<Finals> finals;
        private Optional<String> moved;
        private long actedAt;
        private long decidedAt;
        private long arrivedAt;
        private int stale;

        Draft(Whole old) {
            closed = old.closed;
            quorumAt = old.quorumAt;
            reserved = old.reserved;
            best = old.best;
            front = old.front;
            targetMet = old.targetMet;
            ended = old.ended;
            openings = old.openings;
            finals = old.finals;
            moved = old.moved;
            actedAt = old.actedAt;
            decidedAt = old.decidedAt;
            arrivedAt = old.arrivedAt;
            stale = old.stale;
        }

        Whole whole() {
            return new Whole(
                    closed, quorumAt, reserved, best, front, targetMet, ended, openings, finals, moved, actedAt,
                    decidedAt, arrivedAt, stale);
        }
    }
}
