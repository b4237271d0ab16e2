package dev.clade.population;

import java.time.Duration;
import java.util.Optional;

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
/// @param decidedAt the position of the last decision, 0 before one
/// @param arrivedAt the position of the last outcome, 0 before one
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
        long arrivedAt) {

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
            0);

    Whole reserving(long steps) {
        return new Whole(
                closed,
                quorumAt,
                reserved + steps,
                best,
                front,
                targetMet,
                ended,
                openings,
                finals,
                moved,
                actedAt,
                decidedAt,
                arrivedAt);
    }

    Whole bettered(Pair pair) {
        return new Whole(
                closed,
                quorumAt,
                reserved,
                Optional.of(pair),
                front,
                targetMet,
                ended,
                openings,
                finals,
                moved,
                actedAt,
                decidedAt,
                arrivedAt);
    }

    Whole with(Front changed) {
        return new Whole(
                closed, quorumAt, reserved, best, changed, targetMet, ended, openings, finals, moved, actedAt,
                decidedAt, arrivedAt);
    }

    Whole met() {
        return new Whole(
                closed, quorumAt, reserved, best, front, true, ended, openings, finals, moved, actedAt, decidedAt,
                arrivedAt);
    }

    Whole with(Finals changed) {
        return new Whole(
                closed,
                quorumAt,
                reserved,
                best,
                front,
                targetMet,
                ended,
                openings,
                Optional.of(changed),
                moved,
                actedAt,
                decidedAt,
                arrivedAt);
    }

    Whole quorum(Optional<Duration> at) {
        return new Whole(
                closed, at, reserved, best, front, targetMet, ended, openings, finals, moved, actedAt, decidedAt,
                arrivedAt);
    }

    Whole barrier(int generation) {
        return new Whole(
                generation,
                Optional.empty(),
                reserved,
                best,
                front,
                targetMet,
                ended,
                openings,
                finals,
                moved,
                actedAt,
                decidedAt,
                arrivedAt);
    }

    Whole end(String reason, Finals begun) {
        return new Whole(
                closed,
                quorumAt,
                reserved,
                best,
                front,
                targetMet,
                Optional.of(reason),
                openings,
                Optional.of(begun),
                moved,
                actedAt,
                decidedAt,
                arrivedAt);
    }

    /// @param met whether the target is still met: then only the finals are made again
    Whole reopened(boolean met) {
        return new Whole(
                closed,
                quorumAt,
                reserved,
                best,
                front,
                met,
                Optional.empty(),
                openings + 1,
                Optional.empty(),
                moved,
                actedAt,
                decidedAt,
                arrivedAt);
    }

    Whole acted(long position) {
        return new Whole(
                closed, quorumAt, reserved, best, front, targetMet, ended, openings, finals, moved, position, decidedAt,
                arrivedAt);
    }

    Whole decided(long position) {
        return new Whole(
                closed, quorumAt, reserved, best, front, targetMet, ended, openings, finals, moved, actedAt, position,
                arrivedAt);
    }

    Whole arrived(long position) {
        return new Whole(
                closed, quorumAt, reserved, best, front, targetMet, ended, openings, finals, moved, actedAt, decidedAt,
                position);
    }

    Whole moved(String to) {
        return new Whole(
                closed,
                quorumAt,
                reserved,
                best,
                front,
                targetMet,
                ended,
                openings,
                finals,
                Optional.of(to),
                actedAt,
                decidedAt,
                arrivedAt);
    }
}
