package dev.clade.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Failure;
import dev.clade.population.Population;
import dev.clade.population.WorkerId;
import dev.clade.run.Climber.Call;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.store.Checkpoints;
import dev.clade.store.EventLog;
import dev.clade.store.Store;
import dev.clade.store.folder.FolderCheckpoints;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.store.memory.MemoryStore;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.LanesFailed;
import dev.clade.trainer.Place;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Trainer;
import dev.clade.trainer.TrainingFailed;
import dev.clade.tune.Decider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Members that a worker trains as one program.
class CrewTest {

    private static final Experiment SYNCHRONOUS = Experiment.of(6).synchronous();

    @TempDir
    private Path folder = Path.of("");

    private Bench bench(Experiment experiment) {
        return bench(experiment, opened(experiment));
    }

    private Bench bench(Experiment experiment, Store.Opened opened) {
        return new Bench(experiment, opened, checkpoints(opened, "one"));
    }

    private static Store.Opened opened(Experiment experiment) {
        return new MemoryStore(InstantSource.system(), Duration.ofSeconds(30)).create("test", experiment.created());
    }

    private FolderCheckpoints checkpoints(Store.Opened opened, String worker) {
        return new FolderCheckpoints(folder, new WorkerId(worker), opened.shelf());
    }

    private Choir choir(int width) {
        return new Choir(width, Climber.Script.NOTHING, folder);
    }

    private Bench worked(Experiment experiment, int slots, Supplier<Lanes> lanes) {
        var opened = opened(experiment);
        var bench = bench(experiment, opened);
        bench.workInCrews("one", opened.log(), checkpoints(opened, "one"), slots, lanes, () -> false);
        assertThat(bench.newest().complete()).isTrue();
        Proof.holds(bench.entries(), new Decider(experiment.tuner()));
        return bench;
    }

    private List<String> separately(Experiment experiment) {
        var bench = bench(experiment);
        bench.work("one", 1, () -> new Climber(Climber.Script.NOTHING));
        return bench.decisions();
    }

    @Test
    void inVirtualTime_crewsTrain_andDecideAsTheirMembersWouldAlone() {
        var choirs = new ArrayList<Choir>();
        var factory = new Trainer.Factory() {
            @Override
            public Trainer create(Place place) {
                return new Climber(Climber.Script.NOTHING);
            }

            @Override
            public Lanes lanes(Place place) {
                choirs.add(choir(4));
                return choirs.getLast();
            }
        };
        var together = virtually(factory);

        assertThat(unnamed(Bench.decisions(together))).isEqualTo(unnamed(separately(SYNCHRONOUS)));
        assertThat(choirs).hasSize(2).anyMatch(choir -> choir.gathers > 0);
    }

    /// Checkpoints in memory have other names than those in folders.
    private static List<String> unnamed(List<String> decisions) {
        return decisions.stream().map(d -> d.replaceAll("[0-9a-f]{64}", "")).toList();
    }

    private static Population virtually(Trainer.Factory factory) {
        try (var checkpoints = new MemoryCheckpoints()) {
            return new VirtualEngine(SYNCHRONOUS.created(), SYNCHRONOUS.tuner(), factory, checkpoints, 2, Costs.STEPS)
                    .run()
                    .population();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6, 64})
    void aCrew_decidesAndTrainsAsItsMembersWouldAlone(int width) {
        assertThat(worked(SYNCHRONOUS, 1, () -> choir(width)).decisions()).isEqualTo(separately(SYNCHRONOUS));
    }

    @Test
    void twoCrews_decideAsOneDoes() {
        assertThat(worked(SYNCHRONOUS, 2, () -> choir(4)).decisions()).isEqualTo(separately(SYNCHRONOUS));
    }

    @Test
    void outcomesOfACrew_areOneAppend_andItsDecisionsAnotherOnOneBasis() {
        var entries = worked(Experiment.of(6), 1, () -> choir(6)).entries();
        var kinds =
                entries.stream().map(e -> e.event().getClass().getSimpleName()).toList();

        int outcome = kinds.indexOf("SegmentFinished");
        assertThat(kinds.subList(outcome, outcome + 6)).containsOnly("SegmentFinished");
        var decisions = decisions(entries, 1);
        assertThat(decisions).hasSize(6);
        assertThat(decisions.stream().map(Event.Decided::basis)).containsOnly((long) outcome + 6);
    }

    private static List<Event.Decided> decisions(List<Entry> entries, int segment) {
        return entries.stream()
                .map(Entry::event)
                .filter(e -> e instanceof Event.Decided d && d.segment() == segment)
                .map(Event.Decided.class::cast)
                .toList();
    }

    @Test
    void copiesWithinACrew_areGatheredFromTheWeightsInHand() {
        var choirs = new ArrayList<Choir>();
        worked(SYNCHRONOUS, 1, () -> {
            choirs.add(choir(6));
            return choirs.getLast();
        });

        assertThat(choirs.getFirst().gathers).isPositive();
    }

    @Test
    void aLaneThatDiverges_touchesNoOther() {
        var well = worked(SYNCHRONOUS, 1, () -> choir(6));
        var ill = worked(SYNCHRONOUS, 1, () -> diverging(choir(6)));

        var failed = ill.entries().stream()
                .filter(e -> e.event() instanceof Event.MemberFailed)
                .map(e -> (Event.MemberFailed) e.event())
                .toList();
        assertThat(failed)
                .singleElement()
                .satisfies(f -> assertThat(f.failure().kind()).isEqualTo(Failure.Kind.DIVERGED));
        for (var member : ill.newest().members()) {
            if (!member.id().equals(failed.getFirst().member())) {
                assertThat(member.segment(1).pair())
                        .isEqualTo(well.newest().member(member.id()).segment(1).pair());
            }
        }
    }

    /// The lanes with one that reads NaN in lane 2 at the end of its first segment.
    private static Lanes diverging(Choir choir) {
        return new Delegated(choir) {
            private int calls;

            @Override
            public SortedMap<Integer, Evaluation> evaluate(SortedMap<Integer, Long> seeds) {
                var evaluations = super.evaluate(seeds);
                if (++calls == 2) {
                    evaluations.put(2, new Evaluation(new TreeMap<>(Map.of("q", Reading.of(Double.NaN)))));
                }
                return evaluations;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin", "train", "evaluate"})
    void aLaneThatSaysItFailed_isTheOnlyOneThatHas(String call) {
        var well = worked(SYNCHRONOUS, 1, () -> choir(6));
        var ill = worked(SYNCHRONOUS, 1, () -> naming(choir(6), call));

        var failed = ill.entries().stream()
                .filter(e -> e.event() instanceof Event.MemberFailed)
                .map(e -> (Event.MemberFailed) e.event())
                .toList();
        assertThat(failed)
                .singleElement()
                .satisfies(f -> assertThat(f.failure()).isEqualTo(new Failure(Failure.Kind.THREW, "lane 2")));
        assertThat(ill.count(Event.MemberRecovered.class)).isZero();
        for (var member : ill.newest().members()) {
            if (!member.id().equals(failed.getFirst().member())) {
                assertThat(member.segment(1).pair())
                        .isEqualTo(well.newest().member(member.id()).segment(1).pair());
            }
        }
    }

    /// The lanes, of which lane 2 fails by name in the first segment.
    private static Lanes naming(Choir choir, String call) {
        return new Delegated(choir) {
            private final ArrayList<String> calls = new ArrayList<>();

            private void fails(String now, int time) {
                calls.add(now);
                if (now.equals(call) && calls.stream().filter(call::equals).count() == time) {
                    throw new LanesFailed(
                            new TreeMap<>(Map.of(2, new TrainingFailed(TrainingFailed.Kind.THREW, "lane 2"))));
                }
            }

            @Override
            public SortedMap<Integer, dev.clade.space.Hyperparameters> begin(
                    SortedMap<Integer, dev.clade.trainer.Start> starts) throws java.io.IOException {
                var begun = super.begin(starts);
                fails("begin", 1);
                return begun;
            }

            @Override
            public void train(SortedMap<Integer, dev.clade.trainer.Stretch> moving) {
                super.train(moving);
                fails("train", 1);
            }

            @Override
            public SortedMap<Integer, Evaluation> evaluate(SortedMap<Integer, Long> seeds) {
                var evaluations = super.evaluate(seeds);
                fails("evaluate", 2); // the first looks at the names of metrics
                return evaluations;
            }
        };
    }

    @Test
    void aProgramThatThrows_isHalvedUntilTheCulpritIsAlone() {
        Climber.Script script = (call, climber) -> {
            if (call == Call.TRAIN && climber.x() > 0.9) {
                throw new IllegalStateException("too steep");
            }
        };
        var bench = worked(Experiment.of(8), 1, () -> new Choir(8, script, folder));

        var failed = bench.entries().stream()
                .filter(e -> e.event() instanceof Event.MemberFailed)
                .map(e -> (Event.MemberFailed) e.event())
                .toList();
        assertThat(failed).isNotEmpty();
        assertThat(failed).allSatisfy(f -> {
            assertThat(f.failure().kind()).isEqualTo(Failure.Kind.THREW);
            assertThat(bench.newest()
                            .member(f.member())
                            .segment(f.segment())
                            .values()
                            .real("x"))
                    .isGreaterThan(0.9);
        });
        assertThat(bench.count(Event.MemberRecovered.class)).isGreaterThanOrEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 8, 9, 10, 12, 15, 20, 25, 30, 40})
    void aCrewThatIsKilled_decidesAsIfNobodyHadBeen(int act) {
        var undisturbed = separately(SYNCHRONOUS);
        for (boolean before : new boolean[] {true, false}) {
            var opened = opened(SYNCHRONOUS);
            var bench = bench(SYNCHRONOUS, opened);
            var countdown = new Killed.Countdown(act, before);
            try {
                bench.workInCrews(
                        "first",
                        countdown.watching(EventLog.class, opened.log()),
                        countdown.watching(Checkpoints.class, checkpoints(opened, "first")),
                        1,
                        () -> choir(4),
                        () -> false);
            } catch (Killed e) {
                opened.log().dead(new WorkerId("first"));
                bench.workInCrews(
                        "second", opened.log(), checkpoints(opened, "second"), 1, () -> choir(3), () -> false);
            }
            assertThat(bench.newest().complete()).isTrue();
            assertThat(bench.decisions()).isEqualTo(undisturbed);
        }
    }

    /// Lanes that do what others do.
    private static class Delegated implements Lanes {
        private final Lanes lanes;

        Delegated(Lanes lanes) {
            this.lanes = lanes;
        }

        @Override
        public int width() {
            return lanes.width();
        }

        @Override
        public SortedMap<Integer, dev.clade.space.Hyperparameters> begin(
                SortedMap<Integer, dev.clade.trainer.Start> starts) throws java.io.IOException {
            return lanes.begin(starts);
        }

        @Override
        public void train(SortedMap<Integer, dev.clade.trainer.Stretch> moving) {
            lanes.train(moving);
        }

        @Override
        public SortedMap<Integer, Evaluation> evaluate(SortedMap<Integer, Long> seeds) {
            return lanes.evaluate(seeds);
        }

        @Override
        public Evaluation report(int lane, long seed) {
            return lanes.report(lane, seed);
        }

        @Override
        public void save(int lane, Path to) throws java.io.IOException {
            lanes.save(lane, to);
        }
    }
}
