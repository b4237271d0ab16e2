package dev.clade.run;

import dev.clade.population.Event;
import dev.clade.population.Event.Evaluated.Purpose;
import dev.clade.population.Failure;
import dev.clade.population.Group;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Metric;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Source;
import dev.clade.population.WorkerId;
import dev.clade.run.Cycle.Happened;
import dev.clade.run.Cycle.Phase;
import dev.clade.run.Time.Work;
import dev.clade.store.Append;
import dev.clade.store.Checkpoints;
import dev.clade.store.EventLog;
import dev.clade.store.Measurements;
import dev.clade.store.Verdict;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.LanesFailed;
import dev.clade.trainer.Reading;
import dev.clade.tune.Allowance;
import dev.clade.tune.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Room for one crew of members: performs the [Cycle], one phase a call. Used by one thread at a time; any may watch.
public final class Slot {

    /// Workers that a segment may lose in a row before it counts as failed.
    private static final int FAILED_AFTER = 6;

    /// One collection of checkpoints per this part of the population's outcomes.
    private static final int COLLECTIONS = 20;

    private static final int TRIES = 5;

    /// Decisions that others overtake; more than that is an error of ours, not of theirs.
    private static final int MOST_STALE = 10_000;

    /// What slots of one worker have in common.
    ///
    /// @param turn how long members keep their slot
    /// @param stopped whether the worker was asked to stop
    /// @param gallery for the winner's pictures; where there is none, nothing is drawn
    public record Shared(
            WorkerId worker,
            EventLog log,
            Checkpoints checkpoints,
            Measurements measurements,
            Learner learner,
            Turn turn,
            Gate gate,
            BooleanSupplier stopped,
            Optional<Gallery> gallery) {

        /// Without pictures.
        public Shared(
                WorkerId worker,
                EventLog log,
                Checkpoints checkpoints,
                Measurements measurements,
                Learner learner,
                Turn turn,
                Gate gate,
                BooleanSupplier stopped) {
            this(worker, log, checkpoints, measurements, learner, turn, gate, stopped, Optional.empty());
        }
    }

    private final Shared shared;
    private final Body body;
    private final Time time;
    private final Crew crew;
    private final Appender appender;
    private final Watched watched;
    private final Finale finale;
    private Phase phase = Phase.IDLE;
    private Population seen;
    private final AtomicReference<Optional<Boolean>> entered = new AtomicReference<>(Optional.empty());
    private int outcomes;

    public Slot(Shared shared, Lanes lanes, Time time) {
        this.shared = shared;
        this.time = time;
        this.seen = shared.log().newest();
        this.crew = new Crew(shared.log(), shared.worker(), lanes.width());
        this.appender = new Appender(shared.log());
        this.body = new Body(
                lanes,
                shared.checkpoints(),
                time,
                new Seeds(seen.specification().seed()));
        this.watched = new Watched(shared, body, time);
        this.finale = new Finale(shared.log(), body, watched, appender, shared.gallery());
    }

    /// Whether nothing is left for it to do.
    public boolean gone() {
        return phase == Phase.GONE;
    }

    /// Performs the phase that it is in; false if nobody was due, so that it is worth waiting for the log to grow.
    public boolean step() {
        watched.begins(phase, crew);
        var happened = switch (phase) {
            case IDLE -> lease();
            case DECIDING -> decide();
            case BEGINNING -> begin();
            case MEASURING -> measure();
            case TRAINING -> train();
            case EVALUATING -> evaluate();
            case SAVING -> save();
            case COMMITTING -> commit();
            case FINALS -> finals();
            case GONE -> throw new IllegalStateException("the slot is gone");
        };
        phase = watched.abandoned() ? Phase.GONE : Cycle.next(phase, happened);
        if (phase == Phase.GONE) {
            close();
        } else if (crew.isEmpty() || phase == Phase.DECIDING) {
            leave();
        }
        return happened != Happened.NOTHING;
    }

    /// Gives back what it still has: its room, for which others may wait whatever the store does, and members (of which
    /// the log refuses those that are another's by now).
    public void close() {
        leave();
        crew.lanes().forEach(crew::release);
    }

    // ---- being watched

    /// Whether its trainer has missed a deadline, so that nothing that it does or throws counts any more.
    public boolean abandoned() {
        return watched.abandoned();
    }

    /// Ends what a trainer does that has missed a deadline. One that cannot be ended is given up: its members have
    /// failed, and go on elsewhere; what it still does reaches nobody.
    ///
    /// @return the deadline, if the slot is given up for it
    public Optional<String> abandonIfHung() {
        return watched.abandonIfHung(this::leave);
    }

    /// Ends a trainer that has not begun with its segment, such as a program that has not connected, when the
    /// worker is to stop: nothing has been trained that could be saved. The segment begins again, sometime.
    public void leaveIfBeginning() {
        watched.leaveIfBeginning();
    }

    private void watched() {
        watched.does(phase, crew);
    }

    // ---- its room

    private void enter() {
        boolean alone = crew.alone(seen);
        shared.gate().enter(alone);
        entered.set(Optional.of(alone));
    }

    private void leave() {
        entered.getAndSet(Optional.empty()).ifPresent(shared.gate()::leave);
    }

    // ---- members

    private Happened lease() {
        seen = shared.log().newest();
        if (seen.complete() || shared.stopped().getAsBoolean()) {
            return Happened.OVER;
        }
        enrol();
        crew.fill();
        seen = shared.log().newest();
        return crew.isEmpty() ? Happened.NOTHING : seen.ended().isPresent() ? Happened.FINAL_LEASED : Happened.LEASED;
    }

    /// Enrols whoever may exist and does not yet, before anybody is decided for: so nobody gets ahead,
    /// and an experiment is not over while its tuner has more to start.
    private void enrol() {
        var tuner = shared.learner().now().tuner();
        while (seen.ended().isEmpty() && seen.size() < tuner.members(seen)) {
            var next = new MemberId(seen.size());
            var group = seen.specification().control(next) ? Group.CONTROL : tuner.group(next);
            appender.commit(Append.of(new Event.MemberEnrolled(next, group)));
            seen = shared.log().newest();
        }
    }

    private Happened crewed() {
        return crew.isEmpty() ? Happened.EMPTY : Happened.DONE;
    }

    // ---- decisions

    /// Decides for the whole crew on one basis, in lane order, and makes it durable in one commit before any segment
    /// begins. Who is told that the population has moved on is decided for again.
    private Happened decide() {
        var began = time.now();
        var undecided = new TreeSet<>(crew.lanes());
        for (int i = 0; !undecided.isEmpty(); i++) {
            if (i > MOST_STALE) {
                throw new IllegalStateException("decisions of " + undecided + " stay stale at " + seen.position());
            }
            enrol();
            var known = shared.learner().now();
            seen = known.population();
            var appends = new TreeMap<Integer, Append>();
            boolean serial = known.tuner().serial();
            for (int lane : List.copyOf(undecided)) {
                if (serial && !appends.isEmpty()) {
                    break; // the next must see this one
                }
                next(lane, known).ifPresentOrElse(events -> appends.put(lane, append(lane, events, serial)), () -> {
                    undecided.remove(lane);
                    crew.release(lane);
                });
            }
            appender.commit(appends).forEach((lane, verdict) -> {
                if (!(verdict instanceof Verdict.Stale)) {
                    undecided.remove(lane);
                    settle(lane, Objects.requireNonNull(appends.get(lane)), Appender.accepted(verdict));
                }
            });
            if (undecided.isEmpty() && crewed() == Happened.DONE && goesOn() && crew.hasRoom()) {
                undecided.addAll(crew.fill());
            }
        }
        crew.all().values().forEach(own -> own.took(Work.DECIDE, time.now().minus(began)));
        seen = shared.log().newest();
        return crewed();
    }

    private boolean goesOn() {
        return seen.ended().isEmpty() && !shared.stopped().getAsBoolean();
    }

    /// What is next for a lane's member; nothing if it leaves the slot.
    private Optional<List<Event>> next(int lane, Learner.Knowledge known) {
        var own = crew.at(lane);
        var member = seen.member(own.member());
        boolean turnOver = own.segments > 0 && shared.turn().over(own.segments, seen, member);
        if (!goesOn() || seen.held(member) || turnOver) {
            return Optional.empty();
        }
        return switch (member.status()) {
            case UNDECIDED -> Optional.of(LaneEvents.decided(own, member, known.decide(own.member())));
            case RUNNING ->
                Optional.of(List.of(
                        member.losses() >= FAILED_AFTER
                                ? LaneEvents.lost(own, member)
                                : LaneEvents.started(own, member)));
            case DECIDED, PAUSED -> Optional.of(List.of(LaneEvents.started(own, member)));
            case WAITING, ENDED -> Optional.empty();
        };
    }

    /// Goes on with a segment that was started; lets go of a member that waits, is over or has failed.
    private void settle(int lane, Append append, boolean accepted) {
        boolean begun = append.events().getLast() instanceof Event.SegmentStarted;
        if (accepted && begun) {
            crew.at(lane).segments++;
        } else {
            crew.leave(lane, accepted);
        }
    }

    // ---- appends

    private Append append(int lane, List<Event> events) {
        return append(lane, events, false);
    }

    private Append append(int lane, List<Event> events, boolean serial) {
        return new Append(Optional.of(crew.at(lane).lease), seen.position(), events, serial);
    }

    /// Whether an event of a lane was accepted.
    private boolean appended(Lane lane, Event event) {
        return Appender.accepted(appender.commit(Append.of(lane.lease, seen.position(), event)));
    }

    // ---- a segment

    private Segment segment(Lane lane) {
        return seen.member(lane.member()).segment().orElseThrow();
    }

    private Happened begin() {
        watched.waits();
        enter();
        watched();
        for (int lane : crew.lanes()) {
            try {
                body.prepare(lane, crew.at(lane), seen);
            } catch (IOException | RuntimeException e) {
                failed(lane, e, "");
            }
        }
        try {
            if (!crew.isEmpty()) {
                body.begin(crew.all());
            }
            for (int lane : crew.lanes()) {
                Body.difference(crew.at(lane), segment(crew.at(lane)).values())
                        .ifPresent(difference -> fail(lane, Failure.Kind.RECEIPT, difference));
            }
        } catch (IOException | RuntimeException e) {
            interrupted(e);
        } finally {
            body.close();
        }
        boolean measure = firstToBeMeasured() || crew.all().values().stream().anyMatch(this::unmeasuredCopy);
        return crew.isEmpty() ? Happened.EMPTY : measure ? Happened.TO_MEASURE : Happened.DONE;
    }

    /// Nothing is known of this trainer yet. It is asked once for its metrics before it trains, so that a wrong name
    /// costs one evaluation and not the time of a segment.
    private boolean firstToBeMeasured() {
        return !seen.anyHolds() && body.measuresUntrained();
    }

    /// Fails a lane whose evaluation lacks the metric that members are ranked by.
    private boolean unmeasured(int lane, Evaluation evaluation) {
        var measured = evaluation.metrics().keySet();
        var lacking = seen.specification().objectives().stream()
                .map(Metric::name)
                .filter(name -> !measured.contains(name))
                .findFirst();
        lacking.ifPresent(
                name -> fail(lane, Failure.Kind.METRIC, "the trainer measured " + measured + ", not '" + name + "'"));
        return lacking.isPresent();
    }

    private boolean unmeasuredCopy(Lane lane) {
        var segment = segment(lane);
        return segment.source() instanceof Source.Copied
                && segment.copied().isEmpty()
                && segment.plan().evaluateFirst();
    }

    private Happened measure() {
        if (firstToBeMeasured()) {
            evaluations(crew.all(), "first").forEach(this::unmeasured);
        }
        var copies = new TreeMap<Integer, Lane>();
        crew.all().forEach((lane, own) -> {
            if (unmeasuredCopy(own)) {
                copies.put(lane, own);
            }
        });
        if (copies.isEmpty()) {
            return crewed();
        }
        var appends = new TreeMap<Integer, Append>();
        evaluations(copies, "copy").forEach((lane, evaluation) -> {
            var own = crew.at(lane);
            var segment = segment(own);
            var checkpoint = segment.source().from().map(Pair::checkpoint).orElseThrow();
            appends.put(
                    lane,
                    append(
                            lane,
                            List.of(new Event.Evaluated(
                                    own.member(),
                                    segment.index(),
                                    own.lease.term(),
                                    Purpose.COPY,
                                    evaluation,
                                    checkpoint))));
        });
        appender.commit(appends).forEach((lane, verdict) -> {
            if (!Appender.accepted(verdict)) {
                crew.drop(lane);
            }
        });
        seen = shared.log().newest();
        return crewed();
    }

    private Happened train() {
        crew.all().values().forEach(own -> {
            var segment = segment(own);
            var member = seen.member(own.member());
            long from = member.paused().map(Member.Paused::step).orElse(segment.startStep());
            long most = Allowance.of(seen, member, segment.startLineage()) - (from - segment.startStep());
            var reporter = new Reporter(shared.measurements(), own, segment.index());
            own.reporter = Optional.of(reporter);
            own.stretch =
                    Optional.of(new Metered(from, segment.plan().until(), most, time, this::over, reporter::report));
        });
        watched.trains(
                crew.all().values().stream().map(l -> l.stretch.orElseThrow()).toList());
        try {
            body.train(crew.all());
        } catch (LanesFailed e) {
            failed(e); // the others have trained
        } catch (RuntimeException e) {
            interrupted(e);
        }
        var early = crew.lanes().stream()
                .filter(lane -> early(crew.at(lane).stretch.orElseThrow()))
                .toList();
        early.forEach(over() ? this::pause : this::endsEarly);
        return crewed();
    }

    /// Before its end; or at its time, and with nothing done, so that a population could go on for ever and train
    /// nothing.
    private static boolean early(Metered stretch) {
        return stretch.remaining() > 0 || (stretch.timed() && stretch.granted() == 0);
    }

    /// A trainer may end a segment early of itself: it is one of the steps that were done. Of none at all nothing could
    /// come but the same again.
    private void endsEarly(int lane) {
        var stretch = crew.at(lane).stretch.orElseThrow();
        if (stretch.granted() == 0) {
            fail(
                    lane,
                    Failure.Kind.THREW,
                    stretch.remaining() > 0
                            ? "the trainer ended the segment before its first step"
                            : "the segment's time was over before the trainer's first step");
        }
    }

    /// Whether segments shall end where they are: the worker was asked to stop, or the experiment has ended.
    private boolean over() {
        return shared.stopped().getAsBoolean() || shared.log().newest().ended().isPresent();
    }

    /// Saves on the way out. In synchronous mode the segment is begun again instead, so that it is the same whatever
    /// interrupted it.
    private void pause(int lane) {
        var own = crew.at(lane);
        var stretch = own.stretch.orElseThrow();
        boolean worthIt = shared.stopped().getAsBoolean() && stretch.granted() > 0;
        if (worthIt && seen.specification().synchrony().isEmpty()) {
            try {
                own.reporter.ifPresent(Reporter::flush);
                paused(lane);
            } catch (IOException | RuntimeException e) {
                failed(lane, e, "save: ");
                return;
            }
        }
        crew.release(lane);
    }

    private void paused(int lane) throws IOException {
        var own = crew.at(lane);
        Verdict verdict = new Verdict.Stale("not saved yet");
        for (int i = 0; i < TRIES && verdict instanceof Verdict.Stale; i++) {
            verdict = appender.commit(append(
                    lane,
                    List.of(new Event.SegmentPaused(
                            own.member(),
                            segment(own).index(),
                            own.lease.term(),
                            own.stretch.orElseThrow().step(),
                            body.save(lane, own)))));
        }
        Appender.accepted(verdict);
    }

    private Happened evaluate() {
        evaluations(crew.all(), "evaluate").forEach((lane, evaluation) -> {
            if (unmeasured(lane, evaluation)) {
                return;
            }
            diverged(evaluation)
                    .ifPresentOrElse(
                            what -> fail(lane, Failure.Kind.DIVERGED, what),
                            () -> crew.at(lane).evaluation = Optional.of(evaluation));
        });
        return crewed();
    }

    /// What diverged of that by which members are ranked.
    private Optional<String> diverged(Evaluation evaluation) {
        return seen.specification().objectives().stream()
                .map(Metric::name)
                .flatMap(name -> evaluation.metrics().get(name) instanceof Reading.Diverged diverged
                        ? Stream.of(name + ": " + diverged.what())
                        : Stream.empty())
                .findFirst();
    }

    /// Evaluations of lanes. Who throws fails.
    private SortedMap<Integer, Evaluation> evaluations(SortedMap<Integer, Lane> which, String purpose) {
        try {
            return body.evaluate(which, seen, purpose);
        } catch (RuntimeException e) {
            interrupted(e);
            return new TreeMap<>();
        }
    }

    private Happened save() {
        for (int lane : crew.lanes()) {
            try {
                crew.at(lane).saved = Optional.of(body.save(lane, crew.at(lane)));
            } catch (IOException | RuntimeException e) {
                failed(lane, e, "save: ");
            }
        }
        return crewed();
    }

    // ---- outcomes

    private Happened commit() {
        publish();
        for (int lane : crew.lanes()) {
            var own = crew.at(lane);
            confirm(lane, segment(own), own.evaluation.orElseThrow());
            own.next();
            outcomes++;
        }
        seen = shared.log().newest();
        collect();
        return crewed();
    }

    /// Makes the outcomes of the crew known, all in one commit. A checkpoint that was collected between save and
    /// append (another member saved the same bytes, and lost them) is saved again.
    private void publish() {
        var unpublished = new TreeSet<>(crew.lanes());
        for (int i = 0; i < TRIES && !unpublished.isEmpty(); i++) {
            var appends = new TreeMap<Integer, Append>();
            unpublished.forEach(lane -> appends.put(
                    lane, append(lane, List.of(LaneEvents.finished(crew.at(lane), segment(crew.at(lane)))))));
            appender.commit(appends).forEach((lane, verdict) -> {
                if (verdict instanceof Verdict.Stale) {
                    saveAgain(lane);
                    return;
                }
                unpublished.remove(lane);
                if (!Appender.accepted(verdict)) {
                    crew.drop(lane);
                }
            });
        }
        if (!unpublished.isEmpty()) {
            throw new IllegalStateException("a checkpoint was collected " + TRIES + " times before it could be named");
        }
    }

    private void saveAgain(int lane) {
        try {
            crew.at(lane).saved = Optional.of(body.save(lane, crew.at(lane)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A target that seems met is measured afresh: only that counts.
    private void confirm(int lane, Segment segment, Evaluation evaluation) {
        var specification = seen.specification();
        var member = seen.member(crew.at(lane).member());
        if (!member.ranked() || specification.control(member.id())) {
            return;
        }
        var target = specification.budget().target().map(specification.metric()::oriented);
        if (target.filter(t -> specification.metric().score(evaluation) >= t).isEmpty()) {
            return;
        }
        var own = crew.at(lane);
        watched.does(Phase.EVALUATING, List.of(new Watch.Hand(own.lease, Optional.empty())));
        try {
            body.evaluate(new TreeMap<>(Map.of(lane, own)), seen, "target")
                    .forEach((_, fresh) -> appended(
                            own,
                            new Event.Evaluated(
                                    own.member(),
                                    segment.index(),
                                    own.lease.term(),
                                    Purpose.TARGET,
                                    fresh,
                                    own.saved.orElseThrow())));
        } catch (RuntimeException e) {
            Causes.ofTheStore(e); // else nothing is confirmed; the next segment will show what is wrong
        } finally {
            watched();
        }
    }

    /// Deletes checkpoints that nothing needs any more, now and then.
    private void collect() {
        if (outcomes >= Math.max(1, seen.size() / COLLECTIONS)) {
            outcomes = 0;
            var tuner = shared.learner().now().tuner();
            shared.checkpoints()
                    .delete(shared.log().condemn(shared.worker(), population -> Roots.of(population, tuner)));
        }
    }

    // ---- failures

    private void failed(LanesFailed some) {
        some.lanes().forEach((lane, failure) -> failed(lane, failure, ""));
    }

    /// The program has thrown. If it trains several members and does not say for whom, it cannot be known: none has
    /// failed, and they begin again with fewer neighbours, until the one that fails is alone.
    private void interrupted(Exception e) {
        if (watched.left()) {
            Causes.ofTheStore(e);
            letGo();
            return;
        }
        if (e instanceof LanesFailed some) {
            failed(some);
            letGo();
            return;
        }
        var lanes = crew.lanes();
        if (lanes.size() == 1) {
            failed(lanes.getFirst(), e, "");
            return;
        }
        Causes.ofTheStore(e);
        for (int lane : lanes) {
            body.forget(lane);
            shared.log().seize(crew.at(lane).lease, shared.worker()).ifPresent(shared.log()::release);
            crew.drop(lane);
        }
    }

    /// Nobody has failed: their segments begin again.
    private void letGo() {
        crew.lanes().forEach(lane -> {
            body.forget(lane);
            crew.release(lane);
        });
    }

    /// The member fails, unless it is the store that has.
    private void failed(int lane, Exception e, String where) {
        Causes.ofTheStore(e);
        watched.hung()
                .ifPresentOrElse(
                        why -> fail(lane, Failure.Kind.HUNG, why),
                        () -> fail(lane, Causes.kind(e), where + Causes.said(e)));
    }

    private void fail(int lane, Failure.Kind kind, String message) {
        body.forget(lane);
        var own = crew.at(lane);
        var event = new Event.MemberFailed(
                own.member(), segment(own).index(), own.lease.term(), new Failure(kind, message));
        boolean ours = appended(own, event);
        crew.leave(lane, ours);
    }

    // ---- the end

    private Happened finals() {
        for (int lane : crew.lanes()) {
            finale.measure(crew.at(lane), seen);
            crew.release(lane);
        }
        finale.draw();
        return Happened.EMPTY;
    }
}
