package dev.clade.run;

import dev.clade.fault.Fault;
import dev.clade.population.CheckpointId;
import dev.clade.population.Decision;
import dev.clade.population.Event;
import dev.clade.population.Event.Evaluated.Purpose;
import dev.clade.population.Failure;
import dev.clade.population.Finals;
import dev.clade.population.Group;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Measured;
import dev.clade.population.Segment.Source;
import dev.clade.population.Timings;
import dev.clade.population.WorkerId;
import dev.clade.run.Cycle.Happened;
import dev.clade.run.Cycle.Phase;
import dev.clade.run.Time.Work;
import dev.clade.space.Hyperparameters;
import dev.clade.store.Append;
import dev.clade.store.Checkpoints;
import dev.clade.store.EventLog;
import dev.clade.store.Lease;
import dev.clade.store.Verdict;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.tune.Decider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/// Room for one crew of members: performs the [Cycle], one phase a call. Used by one thread at a time.
public final class Slot {

    /// What slots of one worker have in common.
    ///
    /// @param turn segments that a member keeps its slot when members are more than slots
    /// @param crowded whether they are
    public record Shared(
            WorkerId worker,
            EventLog log,
            Catalogue catalogue,
            Checkpoints checkpoints,
            Decider decider,
            int turn,
            boolean crowded,
            BooleanSupplier stopped) {}

    /// One member of the crew, in its lane.
    private static final class Lane {
        private final Lease lease;
        private int segments;
        private Optional<Start> start = Optional.empty();
        private Hyperparameters inForce = Hyperparameters.NONE;
        private Optional<Metered> stretch = Optional.empty();
        private Optional<Evaluation> evaluation = Optional.empty();
        private Optional<CheckpointId> saved = Optional.empty();
        private Timings timings = Timings.NONE;

        Lane(Lease lease) {
            this.lease = lease;
        }

        MemberId member() {
            return lease.member();
        }
    }

    /// What a trainer has in hand, lane by lane: the checkpoint that it saved or loaded last.
    private final SortedMap<Integer, CheckpointId> warm = new TreeMap<>();

    private final Shared shared;
    private final Lanes lanes;
    private final Time time;
    private final Seeds seeds;
    private final SortedMap<Integer, Lane> crew = new TreeMap<>();
    private final List<Path> opened = new ArrayList<>();
    private Phase phase = Phase.IDLE;
    private Population seen;

    public Slot(Shared shared, Lanes lanes, Time time) {
        this.shared = shared;
        this.lanes = lanes;
        this.time = time;
        this.seen = shared.catalogue().newest();
        this.seeds = new Seeds(seen.specification().seed());
    }

    /// Whether nothing is left for it to do.
    public boolean gone() {
        return phase == Phase.GONE;
    }

    /// Whether it has nothing in hand.
    public boolean idle() {
        return phase == Phase.IDLE;
    }

    /// Performs the phase that it is in; false if nobody was due, so that it is worth waiting for the log to grow.
    public boolean step() {
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
        phase = Cycle.next(phase, happened);
        return happened != Happened.NOTHING;
    }

    // ---- members

    private Happened lease() {
        seen = shared.catalogue().newest();
        if (seen.complete() || shared.stopped().getAsBoolean()) {
            return Happened.OVER;
        }
        enrol();
        var leases = shared.log().lease(shared.worker(), lanes.width());
        seen = shared.catalogue().newest();
        for (var lease : leases) {
            crew.put(crew.size(), new Lane(lease));
        }
        return leases.isEmpty() ? Happened.NOTHING : seen.ended().isPresent() ? Happened.FINAL_LEASED : Happened.LEASED;
    }

    /// Enrols whoever may exist and does not yet: all of them before the first trains, so that nobody gets ahead.
    private void enrol() {
        while (seen.ended().isEmpty() && seen.size() < shared.decider().tuner().members(seen)) {
            var next = new MemberId(seen.size());
            var group = seen.specification().control(next)
                    ? Group.CONTROL
                    : shared.decider().tuner().group(next);
            shared.log().commit(List.of(Append.of(new Event.MemberEnrolled(next, group))));
            seen = shared.catalogue().newest();
        }
    }

    private Lane at(int lane) {
        return Objects.requireNonNull(crew.get(lane));
    }

    private void drop(int lane, boolean release) {
        var dropped = crew.remove(lane);
        if (release && dropped != null) {
            shared.log().release(dropped.lease);
        }
    }

    private Happened crewed() {
        return crew.isEmpty() ? Happened.EMPTY : Happened.DONE;
    }

    // ---- decisions

    /// All decisions of the crew in lane order, each durable before its segment begins.
    private Happened decide() {
        for (int lane : List.copyOf(crew.keySet())) {
            while (!decided(lane)) {
                seen = shared.catalogue().newest();
            }
        }
        seen = shared.catalogue().newest();
        return crewed();
    }

    /// Whether this lane's member has been dealt with; if not, the population has moved on, and it shall be tried
    /// again.
    private boolean decided(int lane) {
        var own = at(lane);
        seen = shared.catalogue().newest();
        var member = seen.member(own.member());
        if (seen.ended().isPresent() || seen.held(member)) {
            drop(lane, true);
            return true;
        }
        return switch (member.status()) {
            case UNDECIDED -> append(lane, shared.decider().decide(seen, own.member()));
            case DECIDED, PAUSED, RUNNING -> settled(lane, List.of(started(member, own.lease, member.attempts() + 1)));
            case WAITING, ENDED -> {
                drop(lane, true);
                yield true;
            }
        };
    }

    private boolean append(int lane, Event event) {
        var own = at(lane);
        boolean trains = event instanceof Event.Decided decided && decided.decision() instanceof Decision.Train;
        boolean turnOver = shared.crowded() && own.segments >= shared.turn();
        if (!trains || turnOver) {
            var verdict = commit(own, List.of(event));
            if (verdict instanceof Verdict.Stale) {
                return false;
            }
            accepted(verdict);
            drop(lane, true);
            return true;
        }
        var decided = (Event.Decided) event;
        var train = (Decision.Train) decided.decision();
        var member = seen.member(own.member());
        var start = new Event.SegmentStarted(
                own.member(),
                member.decided() + 1,
                own.lease.term(),
                1,
                train.values(),
                from(member, train.weights()),
                member.step());
        return settled(lane, List.of(event, start));
    }

    private static Optional<CheckpointId> from(Member member, Decision.Weights weights) {
        return switch (weights) {
            case Decision.Weights.Own own -> member.held().map(Pair::checkpoint);
            case Decision.Weights.Fresh fresh -> Optional.empty();
            case Decision.Weights.Of of -> Optional.of(of.at());
            case Decision.Weights.Blend blend -> Optional.of(blend.at());
        };
    }

    private boolean settled(int lane, List<Event> events) {
        var verdict = commit(at(lane), events);
        switch (verdict) {
            case Verdict.Accepted accepted -> at(lane).segments++;
            case Verdict.Fenced fenced -> drop(lane, false);
            case Verdict.Stale stale -> {
                return false;
            }
            case Verdict.Refused refused -> throw refused.fault();
        }
        return true;
    }

    private static Event.SegmentStarted started(Member member, Lease lease, int attempt) {
        var segment = member.segment().orElseThrow();
        var from = member.paused()
                .map(Member.Paused::checkpoint)
                .or(() -> segment.source().from().map(Pair::checkpoint));
        return new Event.SegmentStarted(
                member.id(),
                segment.index(),
                lease.term(),
                attempt,
                segment.values(),
                from,
                member.paused().map(Member.Paused::step).orElse(segment.startStep()));
    }

    private Verdict commit(Lane lane, List<Event> events) {
        return shared.log()
                .commit(List.of(new Append(Optional.of(lane.lease), seen.position(), events)))
                .getFirst();
    }

    private static boolean accepted(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> true;
            case Verdict.Fenced fenced -> false;
            case Verdict.Stale stale -> false;
            case Verdict.Refused refused -> throw refused.fault();
        };
    }

    // ---- training

    private Segment segment(Lane lane) {
        return seen.member(lane.member()).segment().orElseThrow();
    }

    private Happened begin() {
        var starts = new TreeMap<Integer, Start>();
        var began = time.now();
        try {
            crew.forEach((lane, own) -> starts.put(lane, start(lane, segment(own))));
            var receipts = lanes.begin(starts);
            time.worked(Work.LOAD, 0);
            starts.forEach((lane, start) -> {
                var own = at(lane);
                own.start = Optional.of(start);
                own.inForce = Objects.requireNonNull(receipts.get(lane));
                own.timings = timings(own.timings, Work.LOAD, time.now().minus(began));
                Receipt.difference(start.values(), own.inForce)
                        .ifPresent(difference -> fail(lane, Failure.Kind.RECEIPT, difference));
            });
        } catch (IOException | RuntimeException e) {
            failAll(e);
        } finally {
            opened.forEach(shared.checkpoints()::done);
            opened.clear();
        }
        boolean copies = crew.values().stream().anyMatch(this::unmeasuredCopy);
        return crew.isEmpty() ? Happened.EMPTY : copies ? Happened.DONE_WITH_COPIES : Happened.DONE;
    }

    private boolean unmeasuredCopy(Lane lane) {
        var segment = segment(lane);
        return segment.source() instanceof Source.Copied
                && segment.copied().isEmpty()
                && segment.plan().evaluateFirst();
    }

    private Start start(int lane, Segment segment) {
        var values = segment.values();
        var changed =
                segment.source().from().map(p -> values.differing(p.values())).orElseGet(TreeSet::new);
        return new Start(origin(lane, segment), seeds.segment(segment.member(), segment.index()), values, changed);
    }

    private Origin origin(int lane, Segment segment) {
        var from = segment.source().from().map(Pair::checkpoint);
        if (from.isEmpty()) {
            return new Origin.Fresh();
        }
        var checkpoint = from.get();
        boolean own = segment.source() instanceof Source.Own;
        if (own && checkpoint.equals(warm.get(lane))) {
            return new Origin.Keep();
        }
        warm.remove(lane);
        var folder = shared.checkpoints().open(checkpoint);
        opened.add(folder);
        warm.put(lane, checkpoint);
        return own ? new Origin.Resume(folder) : new Origin.Copy(folder);
    }

    private Happened measure() {
        var copies = new TreeMap<Integer, Lane>();
        crew.forEach((lane, own) -> {
            if (unmeasuredCopy(own)) {
                copies.put(lane, own);
            }
        });
        evaluations(copies, "copy").forEach((lane, evaluation) -> {
            var own = at(lane);
            var segment = segment(own);
            var checkpoint = segment.source().from().map(Pair::checkpoint).orElseThrow();
            var event = new Event.Evaluated(
                    own.member(), segment.index(), own.lease.term(), Purpose.COPY, evaluation, checkpoint);
            if (!accepted(commit(own, List.of(event)))) {
                drop(lane, false);
            }
        });
        seen = shared.catalogue().newest();
        return crewed();
    }

    private Happened train() {
        var moving = new TreeMap<Integer, Stretch>();
        var began = time.now();
        crew.forEach((lane, own) -> {
            var segment = segment(own);
            var stretch = new Metered(segment.startStep(), segment.plan().until(), time, shared.stopped());
            own.stretch = Optional.of(stretch);
            moving.put(lane, stretch);
        });
        warm.keySet().removeAll(moving.keySet());
        try {
            lanes.train(moving);
            time.worked(
                    Work.TRAIN,
                    crew.values().stream()
                            .mapToLong(l -> l.stretch.orElseThrow().granted())
                            .max()
                            .orElse(0));
            crew.values()
                    .forEach(l -> l.timings =
                            timings(l.timings, Work.TRAIN, time.now().minus(began)));
        } catch (RuntimeException e) {
            failAll(e);
        }
        if (shared.stopped().getAsBoolean()) {
            crew.values().forEach(own -> shared.log().release(own.lease));
            crew.clear();
        }
        return crewed();
    }

    private Happened evaluate() {
        var metric = seen.specification().metric();
        evaluations(crew, "evaluate").forEach((lane, evaluation) -> {
            var reading = evaluation.metrics().get(metric.name());
            if (reading == null) {
                fail(
                        lane,
                        Failure.Kind.METRIC,
                        "the trainer measured " + evaluation.metrics().keySet() + ", not '" + metric.name() + "'");
            } else if (reading instanceof dev.clade.trainer.Reading.Diverged diverged) {
                fail(lane, Failure.Kind.DIVERGED, metric.name() + ": " + diverged.what());
            } else {
                at(lane).evaluation = Optional.of(evaluation);
            }
        });
        return crewed();
    }

    /// Evaluations of lanes, each repeated with fresh seeds. Who throws fails.
    private SortedMap<Integer, Evaluation> evaluations(SortedMap<Integer, Lane> which, String purpose) {
        var results = new TreeMap<Integer, Evaluation>();
        var began = time.now();
        try {
            for (int repeat = 0; repeat < seen.specification().repeats(); repeat++) {
                var asked = new TreeMap<Integer, Long>();
                for (var entry : which.entrySet()) {
                    var own = entry.getValue();
                    asked.put(
                            entry.getKey(),
                            seeds.evaluation(own.member(), segment(own).index(), purpose, repeat));
                }
                lanes.evaluate(asked).forEach((lane, e) -> results.merge(lane, e, Evaluation::and));
                time.worked(Work.EVALUATE, 0);
            }
        } catch (RuntimeException e) {
            failAll(e);
            return new TreeMap<>();
        }
        which.values()
                .forEach(l ->
                        l.timings = timings(l.timings, Work.EVALUATE, time.now().minus(began)));
        return results;
    }

    private Happened save() {
        for (int lane : List.copyOf(crew.keySet())) {
            var own = at(lane);
            var began = time.now();
            var draft = shared.checkpoints().draft();
            try {
                lanes.save(lane, draft);
                time.worked(Work.SAVE, 0);
            } catch (IOException | RuntimeException e) {
                shared.checkpoints().done(draft);
                fail(lane, Failure.Kind.THREW, "save: " + said(e));
                continue;
            }
            var checkpoint = shared.checkpoints().keep(draft);
            own.saved = Optional.of(checkpoint);
            warm.put(lane, checkpoint);
            own.timings = timings(own.timings, Work.SAVE, time.now().minus(began));
        }
        return crewed();
    }

    private Happened commit() {
        for (int lane : List.copyOf(crew.keySet())) {
            var own = at(lane);
            var segment = segment(own);
            var evaluation = own.evaluation.orElseThrow();
            long step = own.stretch.orElseThrow().step();
            var event = new Event.SegmentFinished(
                    own.member(),
                    segment.index(),
                    own.lease.term(),
                    step,
                    List.of(new Measured(step, evaluation)),
                    own.inForce,
                    own.saved.orElseThrow(),
                    0,
                    own.timings);
            own.timings = Timings.NONE;
            if (accepted(commit(own, List.of(event)))) {
                confirm(lane, segment, evaluation);
            } else {
                drop(lane, false);
            }
        }
        seen = shared.catalogue().newest();
        return crewed();
    }

    /// A target that seems met is measured afresh: only that counts.
    private void confirm(int lane, Segment segment, Evaluation evaluation) {
        var specification = seen.specification();
        var target = specification.budget().target().map(specification.metric()::oriented);
        if (target.filter(t -> specification.metric().score(evaluation) >= t).isEmpty()) {
            return;
        }
        var own = at(lane);
        var which = new TreeMap<Integer, Lane>();
        which.put(lane, own);
        evaluations(which, "target")
                .forEach((l, fresh) -> accepted(commit(
                        own,
                        List.of(new Event.Evaluated(
                                own.member(),
                                segment.index(),
                                own.lease.term(),
                                Purpose.TARGET,
                                fresh,
                                own.saved.orElseThrow())))));
    }

    // ---- failures

    private void failAll(Exception e) {
        if (Fault.in(e).filter(f -> f.kind() == Fault.Kind.STORE).isPresent()) {
            throw Fault.in(e).orElseThrow();
        }
        List.copyOf(crew.keySet()).forEach(lane -> fail(lane, Failure.Kind.THREW, said(e)));
    }

    private static String said(Exception e) {
        return Fault.in(e).map(Fault::getMessage).orElseGet(e::toString);
    }

    private void fail(int lane, Failure.Kind kind, String message) {
        warm.remove(lane);
        var own = at(lane);
        var event = new Event.MemberFailed(
                own.member(), segment(own).index(), own.lease.term(), new Failure(kind, message));
        boolean ours = accepted(commit(own, List.of(event)));
        drop(lane, ours);
    }

    // ---- the end

    private Happened finals() {
        for (int lane : List.copyOf(crew.keySet())) {
            var own = at(lane);
            var specification = seen.specification();
            seen.finals().flatMap(f -> f.due(own.member(), specification)).ifPresent(task -> measured(own, task));
            drop(lane, true);
            warm.clear();
        }
        return Happened.EMPTY;
    }

    private void measured(Lane own, Finals.Task task) {
        var pair = task.pair();
        var evaluation = fresh(pair, task.purpose());
        accepted(commit(
                own,
                List.of(new Event.Evaluated(
                        own.member(),
                        pair.segment(),
                        own.lease.term(),
                        task.purpose(),
                        evaluation,
                        pair.checkpoint()))));
    }

    private Evaluation fresh(Pair pair, Purpose purpose) {
        var specification = seen.specification();
        var folder = shared.checkpoints().open(pair.checkpoint());
        var starts = new TreeMap<Integer, Start>();
        starts.put(
                0,
                new Start(
                        new Origin.Copy(folder),
                        seeds.segment(pair.member(), pair.segment()),
                        pair.values(),
                        new TreeSet<>()));
        try {
            lanes.begin(starts);
            if (purpose == Purpose.REPORT) {
                return lanes.report(0, seeds.evaluation(pair.member(), pair.segment(), "report", 0));
            }
            Optional<Evaluation> all = Optional.empty();
            for (int repeat = 0; repeat < specification.finalRepeats(); repeat++) {
                var asked = new TreeMap<Integer, Long>();
                asked.put(0, seeds.evaluation(pair.member(), pair.segment(), "final", repeat));
                var one = Objects.requireNonNull(lanes.evaluate(asked).get(0));
                time.worked(Work.EVALUATE, 0);
                all = Optional.of(all.map(a -> a.and(one)).orElse(one));
            }
            return all.orElseThrow();
        } catch (IOException | RuntimeException e) {
            return new Evaluation(new TreeMap<>(
                    java.util.Map.of(specification.metric().name(), new dev.clade.trainer.Reading.Diverged(said(e)))));
        } finally {
            shared.checkpoints().done(folder);
        }
    }

    private static Timings timings(Timings t, Work work, Duration more) {
        return switch (work) {
            case LOAD -> new Timings(t.load().plus(more), t.train(), t.evaluate(), t.save(), t.decide(), t.idle());
            case TRAIN -> new Timings(t.load(), t.train().plus(more), t.evaluate(), t.save(), t.decide(), t.idle());
            case EVALUATE -> new Timings(t.load(), t.train(), t.evaluate().plus(more), t.save(), t.decide(), t.idle());
            case SAVE -> new Timings(t.load(), t.train(), t.evaluate(), t.save().plus(more), t.decide(), t.idle());
        };
    }
}
