package dev.clade.population;

import dev.clade.population.Segment.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// A member as the log tells it.
///
/// @param decided how many decisions it has had; its open segment has this index
/// @param term the highest term seen in its events
/// @param attempts starts of the open segment
/// @param step its own step: grows with every finished segment, never goes back
/// @param lineageStep what its weights have seen
/// @param segments all of them, by index from 1, the open one last
/// @param standing the pair that it is ranked by: none before its first, after a copy until that is
///     measured, and after a failure
/// @param held the pair whose weights are its own
/// @param failure how its last segment failed, until it is healed
/// @param failures in a row, of the program
/// @param freshes how often it was begun anew, with new values, after failures
/// @param losses of workers in a row, in the open segment
/// @param paused the save inside the open segment
/// @param waiting what it waits for
/// @param waitEnded why its last wait ended, until it decides
/// @param ended why it is over
public record Member(
        MemberId id,
        Group group,
        Status status,
        int decided,
        int term,
        int attempts,
        long step,
        long lineageStep,
        PVector<Segment> segments,
        Optional<Pair> standing,
        Optional<Pair> held,
        Optional<Failure> failure,
        int failures,
        int freshes,
        int losses,
        Optional<Paused> paused,
        Optional<Waiting> waiting,
        Optional<String> waitEnded,
        Optional<String> ended) {

    /// Where a member is in its cycle.
    public enum Status {
        /// Enrolled, or with an outcome: a decision is due.
        UNDECIDED,
        /// A segment is decided and has no worker yet.
        DECIDED,
        /// A worker has started the segment.
        RUNNING,
        /// Saved inside its segment.
        PAUSED,
        /// Waits for others.
        WAITING,
        /// Over.
        ENDED
    }

    /// A save inside a segment.
    public record Paused(long step, CheckpointId checkpoint) {}

    /// A wait, with the running clock's time at which it ends at the latest and the outcomes that it has seen.
    public record Waiting(Decision.Wait until, Duration deadline, int seen) {}

    static Member enrolled(MemberId id, Group group) {
        return new Member(
                id,
                group,
                Status.UNDECIDED,
                0,
                0,
                0,
                0,
                0,
                TreePVector.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public boolean live() {
        return status != Status.ENDED;
    }

    /// The open segment, or the last one.
    public Optional<Segment> segment() {
        return segments.isEmpty() ? Optional.empty() : Optional.of(segments.getLast());
    }

    /// The segment of an index.
    ///
    /// @throws IllegalArgumentException if it had none: a decision to stop, which a larger budget may have revoked,
    /// opens none
    public Segment segment(int index) {
        return find(index).orElseThrow(() -> new IllegalArgumentException(id + " has no segment " + index));
    }

    /// The segment of an index, if it had one.
    public Optional<Segment> find(int index) {
        for (int i = Math.min(index, segments.size()) - 1;
                i >= 0 && segments.get(i).index() >= index;
                i--) {
            if (segments.get(i).index() == index) {
                return Optional.of(segments.get(i));
            }
        }
        return Optional.empty();
    }

    public boolean ranked() {
        return group.ranked();
    }

    /// Whether its last segment has no outcome yet.
    boolean open() {
        return segment().filter(s -> s.outcome() instanceof Outcome.Open).isPresent();
    }

    Member with(Status next) {
        return edited(m -> m.status = next);
    }

    Member waits(Waiting wait) {
        return edited(m -> {
            m.status = Status.WAITING;
            m.waiting = Optional.of(wait);
            m.waitEnded = Optional.empty();
        });
    }

    /// Its wait is over; `why` where nobody's outcome woke it. Woken, it keeps its deadline if it waits again; a wait
    /// that ended without one to wake it is over for good.
    Member awake(Optional<String> why) {
        return edited(m -> {
            m.status = Status.UNDECIDED;
            m.waitEnded = why;
            m.waiting = why.isPresent() ? Optional.empty() : waiting;
        });
    }

    /// A segment is decided: it is open. A copy has no score until it is measured; a fresh start has no weights
    /// either.
    ///
    /// @param begunAnew whether it is a fresh start because trying again has not helped
    Member opens(Segment next, long lineage, boolean copied, boolean fresh, boolean begunAnew) {
        return edited(m -> {
            m.status = Status.DECIDED;
            m.decided++;
            m.attempts = 0;
            m.lineageStep = lineage;
            m.segments = segments.plus(next);
            m.standing = copied || fresh ? Optional.empty() : standing;
            m.held = fresh ? Optional.empty() : held;
            m.failure = Optional.empty();
            m.failures = copied ? 0 : failures;
            m.freshes = begunAnew ? freshes + 1 : freshes;
            m.awakened();
        });
    }

    Member started(int newTerm, int attempt) {
        return edited(m -> {
            m.status = Status.RUNNING;
            m.term = newTerm;
            m.attempts = attempt;
        });
    }

    /// It has a new worker, the old one is lost.
    Member recovered(int newTerm) {
        return edited(m -> {
            m.term = newTerm;
            m.losses = status == Status.RUNNING ? losses + 1 : losses;
        });
    }

    /// The copy that its open segment begins with has a score of its own now.
    Member measured(Segment open, Pair pair) {
        return edited(m -> {
            m.segments = segments.with(segments.size() - 1, open);
            m.standing = Optional.of(pair);
            m.held = Optional.of(pair);
        });
    }

    Member finished(Segment closed, Pair pair) {
        return edited(m -> {
            m.closes(closed);
            m.step = pair.step();
            m.lineageStep = pair.lineageStep();
            m.standing = Optional.of(pair);
            m.held = Optional.of(pair);
            m.failures = 0;
        });
    }

    /// The segment has failed; what it trained is not counted, and the member has the weights that it held before.
    Member failed(Segment closed, Failure how) {
        return edited(m -> {
            m.closes(closed);
            m.lineageStep = held.map(Pair::lineageStep).orElse(0L);
            m.standing = Optional.empty();
            m.failure = Optional.of(how);
            m.failures++;
        });
    }

    Member pauses(Paused save) {
        return edited(m -> {
            m.status = Status.PAUSED;
            m.losses = 0;
            m.paused = Optional.of(save);
        });
    }

    /// It is over; `decision`: because a decision said so.
    Member ends(String why, boolean decision) {
        return edited(m -> {
            m.status = Status.ENDED;
            m.decided += decision ? 1 : 0;
            m.awakened();
            m.ended = Optional.of(why);
        });
    }

    /// A larger budget: what it ended for holds no longer.
    Member reopened() {
        return edited(m -> {
            m.status = Status.UNDECIDED;
            m.ended = Optional.empty();
        });
    }

    private Member edited(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.member();
    }

    /// A member while it is being made from another.
    private static final class Draft {
        private final Member old;
        private Status status;
        private int decided;
        private int term;
        private int attempts;
        private long step;
        private long lineageStep;
        private PVector<Segment> segments;
        private Optional<Pair> standing;
        private Optional<Pair> held;
        private Optional<Failure> failure;
        private int failures;
        private int freshes;
        private int losses;
        private Optional<Paused> paused;
        private Optional<Waiting> waiting;
        private Optional<String> waitEnded;
        private Optional<String> ended;

        Draft(Member old) {
            this.old = old;
            status = old.status;
            decided = old.decided;
            term = old.term;
            attempts = old.attempts;
            step = old.step;
            lineageStep = old.lineageStep;
            segments = old.segments;
            standing = old.standing;
            held = old.held;
            failure = old.failure;
            failures = old.failures;
            freshes = old.freshes;
            losses = old.losses;
            paused = old.paused;
            waiting = old.waiting;
            waitEnded = old.waitEnded;
            ended = old.ended;
        }

        void closes(Segment closed) {
            status = Status.UNDECIDED;
            segments = segments.with(segments.size() - 1, closed);
            failure = Optional.empty();
            losses = 0;
            paused = Optional.empty();
        }

        void awakened() {
            losses = 0;
            paused = Optional.empty();
            waiting = Optional.empty();
            waitEnded = Optional.empty();
        }

        Member member() {
            return new Member(
                    old.id,
                    old.group,
                    status,
                    decided,
                    term,
                    attempts,
                    step,
                    lineageStep,
                    segments,
                    standing,
                    held,
                    failure,
                    failures,
                    freshes,
                    losses,
                    paused,
                    waiting,
                    waitEnded,
                    ended);
        }
    }
}
