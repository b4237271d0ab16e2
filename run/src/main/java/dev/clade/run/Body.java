package dev.clade.run;

import dev.clade.population.CheckpointId;
import dev.clade.population.Event.Evaluated.Purpose;
import dev.clade.population.Member;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Source;
import dev.clade.population.Specification;
import dev.clade.run.Time.Work;
import dev.clade.space.Hyperparameters;
import dev.clade.store.Checkpoints;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A slot's trainer at work: segments are translated into what a trainer is asked, and timed. What it throws is the
/// trainer's failure, or the store's.
final class Body {

    /// What the trainer has in hand, lane by lane: the checkpoint that it saved or loaded last.
    private final SortedMap<Integer, CheckpointId> warm = new TreeMap<>();

    private final List<Path> opened = new ArrayList<>();
    private final Lanes lanes;
    private final Checkpoints checkpoints;
    private final Time time;
    private final Seeds seeds;

    Body(Lanes lanes, Checkpoints checkpoints, Time time, Seeds seeds) {
        this.lanes = new Caught(lanes);
        this.checkpoints = checkpoints;
        this.time = time;
        this.seeds = seeds;
    }

    int width() {
        return lanes.width();
    }

    /// Whether it can measure weights that have just been drawn.
    boolean measuresUntrained() {
        return lanes.measuresUntrained();
    }

    /// Ends what the trainer is doing, if it can be ended ([Lanes#abort]). Any thread may call.
    boolean abort(String why) {
        return lanes.abort(why);
    }

    /// What a lane has in hand is not to be relied on.
    void forget(int lane) {
        warm.remove(lane);
    }

    // ---- beginning

    /// Gets ready what a lane begins with: its source is opened, or found in hand.
    ///
    /// @throws IOException where the source is not to be had: this lane's failure alone
    void prepare(int lane, Lane own, Population seen) throws IOException {
        var began = time.now();
        var member = seen.member(own.member());
        var segment = member.segment().orElseThrow();
        var values = segment.values();
        var changed =
                segment.source().from().map(p -> values.differing(p.values())).orElseGet(TreeSet::new);
        long seed = member.paused()
                .map(p -> seeds.rest(member.id(), segment.index(), p.step()))
                .orElseGet(() -> seeds.segment(member.id(), segment.index()));
        long trained = member.paused().map(p -> p.step() - segment.startStep()).orElse(0L);
        var whose = new Start.Whose(
                member.id().index(), segment.index(), segment.startStep() + trained, segment.startLineage() + trained);
        own.start = Optional.of(new Start(origin(lane, member, segment, changed), seed, values, changed, whose));
        own.took(Work.LOAD, time.now().minus(began));
    }

    private Origin origin(int lane, Member member, Segment segment, SortedSet<String> changed) {
        if (member.paused().isPresent()) {
            return new Origin.Resume(open(member.paused().get().checkpoint()));
        }
        return switch (segment.source()) {
            case Source.Fresh fresh -> new Origin.Fresh();
            case Source.Own own ->
                own.pair().checkpoint().equals(warm.get(lane)) && lanes.holds(lane) && lanes.keeps(changed)
                        ? new Origin.Keep()
                        : inHand(own.pair())
                                .orElseGet(
                                        () -> new Origin.Resume(open(own.pair().checkpoint())));
            case Source.Copied copied ->
                inHand(copied.pair())
                        .orElseGet(() -> new Origin.Copy(open(copied.pair().checkpoint())));
            case Source.Blended blended ->
                new Origin.Blend(open(blended.pair().checkpoint()), blended.keep(), blended.fresh());
        };
    }

    /// The lane that has a pair's weights, as they were saved.
    private Optional<Origin> inHand(Pair pair) {
        return lanes.width() == 1
                ? Optional.empty()
                : warm.entrySet().stream()
                        .filter(e -> e.getValue().equals(pair.checkpoint()) && lanes.holds(e.getKey()))
                        .findFirst()
                        .map(e -> new Origin.Lane(e.getKey()));
    }

    private Path open(CheckpointId checkpoint) {
        var folder = checkpoints.open(checkpoint);
        opened.add(folder);
        return folder;
    }

    /// Loads all lanes that are prepared, then applies their hyperparameters; each receipt is kept with its lane.
    void begin(SortedMap<Integer, Lane> crew) throws IOException {
        var starts = new TreeMap<Integer, Start>();
        crew.forEach((lane, own) -> starts.put(lane, own.start.orElseThrow()));
        var began = time.now();
        try {
            warm.keySet().removeIf(lane -> {
                var start = starts.get(lane);
                return start != null && !(start.origin() instanceof Origin.Keep);
            });
            var receipts = lanes.begin(starts);
            if (starts.values().stream().anyMatch(s -> !(s.origin() instanceof Origin.Keep))) {
                time.worked(Work.LOAD, 0);
            }
            crew.forEach((lane, own) -> {
                own.inForce = Objects.requireNonNull(receipts.get(lane));
                own.took(Work.LOAD, time.now().minus(began));
            });
        } finally {
            close();
        }
    }

    /// Gives back what was opened.
    void close() {
        var all = List.copyOf(opened);
        opened.clear();
        all.forEach(checkpoints::done);
    }

    // ---- training

    /// Trains all lanes, each through its own stretch.
    void train(SortedMap<Integer, Lane> crew) {
        var moving = new TreeMap<Integer, Stretch>();
        crew.forEach((lane, own) -> moving.put(lane, own.stretch.orElseThrow()));
        warm.keySet().removeAll(moving.keySet());
        var began = time.now();
        lanes.train(moving);
        long steps = crew.values().stream()
                .mapToLong(l -> l.stretch.orElseThrow().granted())
                .max()
                .orElse(0);
        time.worked(Work.TRAIN, steps);
        crew.values().forEach(l -> l.took(Work.TRAIN, time.now().minus(began)));
    }

    /// Evaluations of lanes, each repeated with fresh seeds.
    SortedMap<Integer, Evaluation> evaluate(SortedMap<Integer, Lane> which, Population seen, String purpose) {
        var results = new TreeMap<Integer, Evaluation>();
        var began = time.now();
        for (int repeat = 0; repeat < seen.specification().repeats(); repeat++) {
            var asked = new TreeMap<Integer, Long>();
            for (var entry : which.entrySet()) {
                var member = seen.member(entry.getValue().member());
                asked.put(entry.getKey(), seeds.evaluation(member.id(), member.decided(), purpose, repeat));
            }
            lanes.evaluate(asked).forEach((lane, e) -> results.merge(lane, e, Evaluation::and));
            time.worked(Work.EVALUATE, 0);
        }
        which.values().forEach(l -> l.took(Work.EVALUATE, time.now().minus(began)));
        return results;
    }

    /// Saves a lane, durably.
    CheckpointId save(int lane, Lane own) throws IOException {
        var began = time.now();
        var draft = checkpoints.draft();
        try {
            lanes.save(lane, draft);
            time.worked(Work.SAVE, 0);
        } catch (IOException | RuntimeException e) {
            checkpoints.done(draft);
            throw e;
        }
        var checkpoint = checkpoints.keep(draft);
        warm.put(lane, checkpoint);
        own.took(Work.SAVE, time.now().minus(began));
        return checkpoint;
    }

    // ---- the end

    /// A candidate's model, measured afresh.
    Evaluation fresh(Pair pair, Purpose purpose, Specification specification) throws IOException {
        var folder = checkpoints.open(pair.checkpoint());
        try {
            load(pair, folder);
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
        } finally {
            checkpoints.done(folder);
        }
    }

    /// A winner's pictures, drawn into a folder.
    void pictures(Pair pair, Path to) throws IOException {
        var folder = checkpoints.open(pair.checkpoint());
        try {
            load(pair, folder);
            lanes.pictures(0, to, seeds.evaluation(pair.member(), pair.segment(), "pictures", 0));
        } finally {
            checkpoints.done(folder);
        }
    }

    private void load(Pair pair, Path folder) throws IOException {
        warm.clear();
        var starts = new TreeMap<Integer, Start>();
        long seed = seeds.segment(pair.member(), pair.segment());
        var whose = new Start.Whose(pair.member().index(), pair.segment(), pair.step(), pair.lineageStep());
        starts.put(0, new Start(new Origin.Copy(folder), seed, pair.values(), new TreeSet<>(), whose));
        lanes.begin(starts);
    }

    /// What a lane put in force differs from what it was asked for: in words.
    static Optional<String> difference(Lane own, Hyperparameters asked) {
        return Receipt.difference(asked, own.inForce);
    }
}
