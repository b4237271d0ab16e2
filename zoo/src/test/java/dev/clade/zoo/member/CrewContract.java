package dev.clade.zoo.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What all lanes promise, against each member alone. A workload's own tests of its models extend this.
///
/// @param <K> what kinds of member there are: networks, objectives, games
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CrewContract<K> {

    @TempDir
    protected Path folder;

    private int saves;

    protected abstract List<K> kinds();

    /// Those in which no rounding decides anything, so that members stay the same for a hundred steps.
    protected List<K> comparable() {
        return kinds();
    }

    protected abstract Lanes lanes(K kind, int width) throws IOException;

    protected abstract Trainer alone(K kind) throws IOException;

    /// Each member's own: no two have anything in common.
    protected abstract Hyperparameters values(int member);

    /// What of a member's values leaves nothing finite.
    protected abstract Map<String, Value> ruinous();

    protected abstract Tolerance tolerance();

    /// How far a metric's mean, or a live measurement, may lie from that of the member alone.
    protected abstract double apart(String metric);

    /// The metrics of the report.
    protected abstract Set<String> reported();

    /// The files that are drawn.
    protected Set<String> pictures() {
        return Set.of();
    }

    /// How many steps are many.
    protected int many() {
        return 100;
    }

    /// How far numbers of a checkpoint may lie from those of the member alone, absolute.
    ///
    /// @param atOnce after one step
    /// @param soon after ten
    /// @param later after [#many()]
    /// @param state times as far may lie what an optimiser knows
    /// @param odd the share of numbers that may lie farther
    public record Tolerance(float atOnce, float soon, float later, float state, double odd) {

        /// Roundings of float32 in one step, and what training makes of them in a hundred, in which a
        /// rectifier may tip the other way.
        public static final Tolerance ROUNDINGS = new Tolerance(2e-6f, 1e-5f, 2e-3f, 1, 0);
    }

    protected final Lanes separate(K kind) throws IOException {
        return Lanes.of(alone(kind));
    }

    protected final Start start(Origin origin, int member) {
        return new Start(origin, 100 + member, values(member), new TreeSet<>());
    }

    protected final SortedMap<Integer, Start> fresh(int... members) {
        var starts = new TreeMap<Integer, Start>();
        for (int member : members) {
            starts.put(member, start(new Origin.Fresh(), member));
        }
        return starts;
    }

    protected static SortedMap<Integer, Stretch> steps(long count, int... lanes) {
        var moving = new TreeMap<Integer, Stretch>();
        for (int lane : lanes) {
            moving.put(lane, Stretch.of(count));
        }
        return moving;
    }

    protected static <T> SortedMap<Integer, T> one(int lane, T value) {
        return new TreeMap<>(Map.of(lane, value));
    }

    protected final Saved saved(Lanes lanes, int lane) throws IOException {
        var place = Files.createDirectory(folder.resolve("save-" + saves++));
        lanes.save(lane, place);
        return new Saved(place);
    }

    private byte[] bytes(Lanes lanes, int lane) throws IOException {
        return saved(lanes, lane).bytes();
    }

    /// A lane is saved as the member alone is.
    ///
    /// @param most how far numbers may lie; where it is 0, all of them
    protected final void equal(Lanes lanes, int lane, Lanes alone, float most) throws IOException {
        var found = saved(lanes, lane).numbers();
        var expected = saved(alone, 0).numbers();
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        var beyond = new ArrayList<String>();
        int all = 0;
        for (var name : found.keySet()) {
            float allowed = most * (Saved.ofAnOptimiser(name) ? tolerance().state() : 1);
            var numbers = Objects.requireNonNull(found.get(name));
            var others = Objects.requireNonNull(expected.get(name));
            assertThat(numbers).as(name).hasSameSizeAs(others);
            all += numbers.length;
            for (int i = 0; i < numbers.length; i++) {
                if (!(Math.abs(numbers[i] - others[i]) <= allowed)) {
                    beyond.add(name + " " + i + ": " + numbers[i] + " and not " + others[i]);
                }
            }
        }
        assertThat(beyond)
                .as("of " + all + " numbers in lane " + lane)
                .hasSizeLessThanOrEqualTo(
                        most == 0 ? 0 : (int) (all * tolerance().odd()));
    }

    // ---- each is what it is alone

    @ParameterizedTest
    @MethodSource("comparable")
    void members_inLanes_areWhatEachIsAlone(K kind) throws IOException {
        for (int count : new int[] {1, many()}) {
            try (var lanes = lanes(kind, 5)) {
                var receipts = lanes.begin(fresh(0, 1, 2, 3, 4));
                var moving = new TreeMap<Integer, Steps>();
                var seeds = new TreeMap<Integer, Long>();
                for (int member = 0; member < 5; member++) {
                    moving.put(member, new Steps(count));
                    seeds.put(member, 1L);
                }
                lanes.train(new TreeMap<>(moving));
                var evaluations = lanes.evaluate(seeds);
                for (int member = 0; member < 5; member++) {
                    try (var alone = separate(kind)) {
                        assertThat(receipts.get(member))
                                .isEqualTo(alone.begin(one(0, start(new Origin.Fresh(), member)))
                                        .get(0));
                        var steps = new Steps(count);
                        alone.train(one(0, steps));
                        equal(
                                lanes,
                                member,
                                alone,
                                count == 1 ? tolerance().atOnce() : tolerance().later());
                        close(
                                Objects.requireNonNull(evaluations.get(member)),
                                Objects.requireNonNull(
                                        alone.evaluate(one(0, 1L)).get(0)));
                        close(Objects.requireNonNull(moving.get(member)), steps);
                    }
                }
            }
        }
    }

    private void close(Evaluation found, Evaluation expected) {
        assertThat(found.metrics().keySet()).isEqualTo(expected.metrics().keySet());
        for (var metric : found.metrics().keySet()) {
            assertThat(mean(found, metric)).as(metric).isCloseTo(mean(expected, metric), within(apart(metric)));
        }
    }

    private static double mean(Evaluation evaluation, String metric) {
        return ((Reading.Finite) Objects.requireNonNull(evaluation.metrics().get(metric))).mean();
    }

    private void close(Steps found, Steps expected) {
        assertThat(found.reports.keySet()).isEqualTo(expected.reports.keySet());
        found.reports.forEach((metric, values) -> {
            var others = Objects.requireNonNull(expected.reports.get(metric));
            assertThat(values).hasSameSizeAs(others);
            for (int i = 0; i < values.size(); i++) {
                assertThat(values.get(i)).as(metric).isCloseTo(others.get(i), within(apart(metric)));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("comparable")
    void lanes_ofDifferentLengths_standStillWhenTheyAreOver(K kind) throws IOException {
        try (var lanes = lanes(kind, 4)) {
            lanes.begin(fresh(0, 1, 2, 3));
            var stood = bytes(lanes, 1);
            var moving = new TreeMap<Integer, Stretch>();
            moving.put(0, Stretch.of(2));
            moving.put(2, Stretch.of(9));
            moving.put(3, Stretch.of(5));
            lanes.train(moving);
            assertThat(bytes(lanes, 1)).isEqualTo(stood);
            for (var moved : moving.entrySet()) {
                try (var alone = separate(kind)) {
                    alone.begin(one(0, start(new Origin.Fresh(), moved.getKey())));
                    alone.train(steps(moved.getValue().step(), 0));
                    equal(lanes, moved.getKey(), alone, tolerance().soon());
                }
            }
            lanes.train(steps(1, 1));
            assertThat(bytes(lanes, 1)).isNotEqualTo(stood);
        }
    }

    @ParameterizedTest
    @MethodSource("comparable")
    void checkpoint_ofALane_isOneOfAMemberAlone_bothWays(K kind) throws IOException {
        try (var lanes = lanes(kind, 2);
                var alone = separate(kind)) {
            lanes.begin(fresh(0, 1));
            lanes.train(steps(5, 0, 1));
            var save = saved(lanes, 1);
            var copy = one(0, start(new Origin.Copy(save.folder()), 3));
            alone.begin(copy);
            assertThat(bytes(alone, 0)).isEqualTo(save.bytes());
            lanes.begin(copy);
            alone.train(steps(5, 0));
            lanes.train(steps(5, 0));
            equal(lanes, 0, alone, tolerance().soon());
            var back = saved(alone, 0);
            lanes.begin(one(1, start(new Origin.Resume(back.folder()), 4)));
            assertThat(bytes(lanes, 1)).isEqualTo(back.bytes());
            assertThat(lanes.report(0, 1).metrics().keySet()).isEqualTo(reported());
            lanes.pictures(0, folder, 1);
            assertThat(pictures())
                    .allSatisfy(picture -> assertThat(folder.resolve(picture)).exists());
        }
    }

    @ParameterizedTest
    @MethodSource("comparable")
    void blend_inALane_isThatOfAMemberAlone(K kind) throws IOException {
        try (var lanes = lanes(kind, 2);
                var alone = separate(kind)) {
            lanes.begin(fresh(0, 1));
            lanes.train(steps(5, 0, 1));
            var origin = new Origin.Blend(saved(lanes, 0).folder(), 0.5, 0.25);
            lanes.begin(one(1, start(origin, 7)));
            alone.begin(one(0, start(origin, 7)));
            equal(lanes, 1, alone, 0);
        }
    }

    // ---- lanes among themselves

    /// Each is another's donor and recipient at once.
    @ParameterizedTest
    @MethodSource("kinds")
    void lanes_thatChangePlaces_areReadBeforeAnyIsWritten(K kind) throws IOException {
        try (var lanes = lanes(kind, 4)) {
            lanes.begin(fresh(0, 1, 2, 3));
            lanes.train(steps(3, 0, 1, 2, 3));
            change(lanes, 1, 2, 3, 1);
            change(lanes, 1, 0, 0, 3);
        }
    }

    private void change(Lanes lanes, int... from) throws IOException {
        var before = new ArrayList<byte[]>();
        var starts = new TreeMap<Integer, Start>();
        for (int lane = 0; lane < from.length; lane++) {
            before.add(bytes(lanes, lane));
            starts.put(lane, start(from[lane] == lane ? new Origin.Keep() : new Origin.Lane(from[lane]), lane));
        }
        lanes.begin(starts);
        for (int lane = 0; lane < from.length; lane++) {
            assertThat(bytes(lanes, lane)).isEqualTo(before.get(from[lane]));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aLane_thatDiverges_touchesNoOther(K kind) throws IOException {
        try (var well = lanes(kind, 3);
                var ill = lanes(kind, 3)) {
            well.begin(fresh(0, 1, 2));
            var starts = fresh(0, 1, 2);
            var values = new TreeMap<>(values(1).active());
            values.putAll(ruinous());
            starts.put(1, new Start(new Origin.Fresh(), 101, new Hyperparameters(values), new TreeSet<>()));
            ill.begin(starts);
            well.train(steps(20, 0, 1, 2));
            ill.train(steps(20, 0, 1, 2));
            var seeds = new TreeMap<>(Map.of(0, 0L, 1, 0L, 2, 0L));
            var measured = well.evaluate(seeds);
            var found = ill.evaluate(seeds);
            assertThat(Objects.requireNonNull(found.get(1)).metrics().values())
                    .isNotEmpty()
                    .allMatch(reading -> reading instanceof Reading.Diverged);
            for (int lane : new int[] {0, 2}) {
                assertThat(found.get(lane)).isEqualTo(measured.get(lane));
                assertThat(bytes(ill, lane)).isEqualTo(bytes(well, lane));
            }
            ill.begin(one(1, start(new Origin.Lane(0), 1)));
            assertThat(bytes(ill, 1)).isEqualTo(bytes(ill, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void lane_warm_isTheOneThatWasLoadedBitByBit(K kind) throws IOException {
        try (var warm = lanes(kind, 3);
                var loaded = lanes(kind, 3)) {
            warm.begin(fresh(0, 1, 2));
            warm.train(steps(10, 0, 1, 2));
            var keeps = new TreeMap<Integer, Start>();
            var resumes = new TreeMap<Integer, Start>();
            for (int lane = 0; lane < 3; lane++) {
                keeps.put(lane, start(new Origin.Keep(), 10 + lane));
                resumes.put(lane, start(new Origin.Resume(saved(warm, lane).folder()), 10 + lane));
            }
            warm.begin(keeps);
            loaded.begin(resumes);
            warm.train(steps(10, 0, 1, 2));
            loaded.train(steps(10, 0, 1, 2));
            for (int lane = 0; lane < 3; lane++) {
                assertThat(bytes(loaded, lane)).isEqualTo(bytes(warm, lane));
                assertThat(loaded.evaluate(one(lane, 5L))).isEqualTo(warm.evaluate(one(lane, 5L)));
            }
        }
    }

    @Test
    void begin_keepingNothing_isRefused() throws IOException {
        try (var lanes = lanes(kinds().getFirst(), 2)) {
            assertThatThrownBy(() -> lanes.begin(one(0, start(new Origin.Keep(), 0))))
                    .hasMessage("nothing has begun in lane 0");
            assertThatThrownBy(() -> lanes.begin(one(0, start(new Origin.Lane(1), 0))))
                    .hasMessage("nothing has begun in lane 1");
            assertThatThrownBy(() -> lanes.train(steps(1, 1))).hasMessage("nothing has begun in lane 1");
        }
    }

    /// The size that is measured is no larger than asked; for workloads whose steps are quick.
    protected final void measuresItsSize(K kind) throws IOException {
        var made = new ArrayList<Integer>();
        int width = CrewSize.fastest(
                some -> {
                    made.add(some);
                    return some == 1 ? separate(kind) : lanes(kind, some);
                },
                5);
        assertThat(made).containsExactly(1, 2, 4);
        assertThat(width).isIn(1, 2, 4);
    }
}
