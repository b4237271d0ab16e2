package dev.clade.population;

import java.time.Duration;
import java.util.Optional;

/// What is so for the experiment as a whole.
///
/// @param closed the generation of the last barrier that closed, 0 before the first
/// @param quorumAt the running clock when the quorum of the next generation was there
/// @param reserved steps promised to segments, those trained included
/// @param best the best pair that a ranked member ever had
/// @param ended why it is over, once it is
/// @param openings how often it was opened: 1, and one more whenever it went on after its end
/// @param finals what is measured afresh at the end
/// @param moved where it went on
/// @param actedAt the position of the last act of an operator, 0 before one
/// @param decidedAt the position of the last decision, 0 before one
/// @param arrivedAt the position of the last outcome, 0 before one
/// @param stale decisions after an outcome since `best` was bettered
record Whole(
        int closed,
        Optional<Duration> quorumAt,
        long reserved,
        Optional<Pair> best,
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
        return new Whole(
                closed,
                quorumAt,
                reserved + steps,
                best,
                targetMet,
                ended,
                openings,
                finals,
                moved,
                actedAt,
                decidedAt,
                arrivedAt,
                stale);
    }

    Whole bettered(Pair pair) {
        return new Whole(
                closed,
                quorumAt,
                reserved,
                Optional.of(pair),
                targetMet,
                ended,
                openings,
                finals,
                moved,
                actedAt,
                decidedAt,
                arrivedAt,
                0);
    }

    Whole met() {
        return new Whole(
                closed, quorumAt, reserved, best, true, ended, openings, finals, moved, actedAt, decidedAt, arrivedAt,
                stale);
    }

    Whole with(Finals changed) {
        return new Whole(
                closed,
                quorumAt,
                reserved,
                best,
                targetMet,
                ended,
                openings,
                Optional.of(changed),
                moved,
                actedAt,
                decidedAt,
                arrivedAt,
                stale);
    }

    Whole quorum(Optional<Duration> at) {
        return new Whole(
                closed, at, reserved, best, targetMet, ended, openings, finals, moved, actedAt, decidedAt, arrivedAt,
                stale);
    }

    Whole barrier(int generation) {
        return new Whole(
                generation,
                Optional.empty(),
                reserved,
                best,
                targetMet,
                ended,
                openings,
                finals,
                moved,
                actedAt,
                decidedAt,
                arrivedAt,
                stale);
    }

    Whole end(String reason, Finals begun) {
        return new Whole(
                closed,
                quorumAt,
                reserved,
                best,
                targetMet,
                Optional.of(reason),
                openings,
                Optional.of(begun),
                moved,
                actedAt,
                decidedAt,
                arrivedAt,
                stale);
    }

    /// @param met whether the target is still met: then only the finals are made again
    Whole reopened(boolean met) {
        return new Whole(
                closed,
                quorumAt,
                reserved,
                best,
                met,
                Optional.empty(),
                openings + 1,
                Optional.empty(),
                moved,
                actedAt,
                decidedAt,
                arrivedAt,
                stale);
    }

    Whole acted(long position) {
        return new Whole(
                closed, quorumAt, reserved, best, targetMet, ended, openings, finals, moved, position, decidedAt,
                arrivedAt, stale);
    }

    /// @param ready whether it followed an outcome
    Whole decided(long position, boolean ready) {
        int longer = ready ? stale + 1 : stale;
        return new Whole(
                closed, quorumAt, reserved, best, targetMet, ended, openings, finals, moved, actedAt, position,
                arrivedAt, longer);
    }

    Whole arrived(long position) {
        return new Whole(
                closed, quorumAt, reserved, best, targetMet, ended, openings, finals, moved, actedAt, decidedAt,
                position, stale);
    }

    Whole moved(String to) {
        return new Whole(
                closed,
                quorumAt,
                reserved,
                best,
                targetMet,
                ended,
                openings,
                finals,
                Optional.of(to),
                actedAt,
                decidedAt,
                arrivedAt,
                stale);
    }
}
