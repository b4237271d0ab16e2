package dev.clade.zoo.digits;

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
import dev.clade.zoo.member.Crew;
import dev.clade.zoo.member.CrewSize;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.safetensors.Safetensors;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Lanes against each member alone.
class DigitsModelsTest {

    private static final int BATCH = 8;
    private static final Schedule SCHEDULE = new Schedule.Cosine(200);

    /// Of weights and velocities, absolute: roundings of float32 after one step, and what training makes of them in a
    /// hundred, in which a rectifier may tip the other way.
    private static final float AT_ONCE = 2e-6f;

    private static final float LATER = 2e-3f;

    @TempDir
    static Path synthetic;

    static Data data;

    @TempDir
    Path folder;

    private int saves;

    @BeforeAll
    static void read() throws IOException {
        data = Data.read(Synthetic.written(synthetic, 300, 50), 0.2);
    }

    static Stream<Network> networks() {
        return Stream.of(new Convolutional(), new Perceptron());
    }

    private static Crew<Segment> lanes(Network network, int width) throws IOException {
        return Crew.of(some -> new DigitsModels(data, network, BATCH, SCHEDULE, some), width, Placement.HERE);
    }

    private static Lanes separate(Network network) throws IOException {
        return Lanes.of(alone(network));
    }

    private static Trainer alone(Network network) throws IOException {
        return Solo.of(() -> new DigitsModel(data, network, BATCH, SCHEDULE), Placement.HERE);
    }

    /// No two members have anything in common.
    private static Hyperparameters values(int member) {
        var rates = List.<Value>of(
                new Value.Real(member % 3 == 0 ? 0 : 0.05 * member),
                new Value.Real(0.1),
                new Value.Real(0.02 * member));
        return new Hyperparameters(new TreeMap<>(Map.of(
                "lr", new Value.Real(0.01 + 0.003 * member),
                "momentum", new Value.Real(0.5 + 0.04 * member),
                "weight_decay", new Value.Real(1e-4 * member),
                "label_smoothing", new Value.Real(0.02 * member),
                "dropout", new Value.Vector(rates))));
    }

    private static Start start(Origin origin, int member) {
        return new Start(origin, 100 + member, values(member), new TreeSet<>());
    }

    private static SortedMap<Integer, Start> fresh(int... members) {
        var starts = new TreeMap<Integer, Start>();
        for (int member : members) {
            starts.put(member, start(new Origin.Fresh(), member));
        }
        return starts;
    }

    private static SortedMap<Integer, Stretch> steps(long count, int... lanes) {
        var moving = new TreeMap<Integer, Stretch>();
        for (int lane : lanes) {
            moving.put(lane, new Steps(count));
        }
        return moving;
    }

    private static <T> SortedMap<Integer, T> one(int lane, T value) {
        return new TreeMap<>(Map.of(lane, value));
    }

    private Path saved(Lanes lanes, int lane) throws IOException {
        var place = Files.createDirectory(folder.resolve("save-" + saves++));
        lanes.save(lane, place);
        return place;
    }

    private byte[] bytes(Lanes lanes, int lane) throws IOException {
        return Files.readAllBytes(saved(lanes, lane).resolve("model.safetensors"));
    }

    private void equal(Lanes lanes, int lane, Lanes alone, float tolerance) throws IOException {
        try (var one = Safetensors.open(saved(lanes, lane).resolve("model.safetensors"));
                var other = Safetensors.open(saved(alone, 0).resolve("model.safetensors"))) {
            assertThat(one.arrays().keySet()).isEqualTo(other.arrays().keySet());
            for (var name : one.arrays().keySet()) {
                var found = floats(one, name);
                var expected = floats(other, name);
                for (int i = 0; i < found.length; i++) {
                    assertThat(found[i])
                            .as("lane " + lane + ", " + name + " " + i)
                            .isCloseTo(expected[i], within(tolerance));
                }
            }
        }
    }

    private static float[] floats(Safetensors file, String name) {
        return java.util.Objects.requireNonNull(file.arrays().get(name))
                .bytes()
                .toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void members_inLanes_areWhatEachIsAlone(Network network) throws IOException {
        for (long count : new long[] {1, 100}) {
            try (var lanes = lanes(network, 5)) {
                var receipts = lanes.begin(fresh(0, 1, 2, 3, 4));
                var moving = steps(count, 0, 1, 2, 3, 4);
                lanes.train(moving);
                var evaluations = lanes.evaluate(new TreeMap<>(Map.of(0, 1L, 1, 1L, 2, 1L, 3, 1L, 4, 1L)));
                for (int member = 0; member < 5; member++) {
                    try (var alone = separate(network)) {
                        assertThat(receipts.get(member))
                                .isEqualTo(alone.begin(one(0, start(new Origin.Fresh(), member)))
                                        .get(0));
                        var steps = new Steps(count);
                        alone.train(one(0, steps));
                        equal(lanes, member, alone, count == 1 ? AT_ONCE : LATER);
                        assertThat(loss(evaluations.get(member)))
                                .isCloseTo(loss(alone.evaluate(one(0, 1L)).get(0)), within(1e-3));
                        close(((Steps) moving.get(member)).losses, steps.losses);
                    }
                }
            }
        }
    }

    private static void close(List<Double> found, List<Double> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).isCloseTo(expected.get(i), within(1e-3));
        }
    }

    private static double loss(Evaluation evaluation) {
        return ((Reading.Finite) evaluation.metrics().get("loss")).mean();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void lanes_thatChangePlaces_areReadBeforeAnyIsWritten(Network network) throws IOException {
        try (var lanes = lanes(network, 4)) {
            lanes.begin(fresh(0, 1, 2, 3));
            lanes.train(steps(3, 0, 1, 2, 3));
            var first = bytes(lanes, 1);
            var second = bytes(lanes, 2);
            var third = bytes(lanes, 3);
            var starts = new TreeMap<Integer, Start>();
            starts.put(0, start(new Origin.Lane(1), 0));
            starts.put(1, start(new Origin.Lane(2), 1));
            starts.put(2, start(new Origin.Lane(3), 2));
            starts.put(3, start(new Origin.Lane(1), 3));
            lanes.begin(starts);
            assertThat(bytes(lanes, 0)).isEqualTo(first);
            assertThat(bytes(lanes, 1)).isEqualTo(second);
            assertThat(bytes(lanes, 2)).isEqualTo(third);
            assertThat(bytes(lanes, 3)).isEqualTo(first);
        }
    }

    @Test
    void lanes_ofDifferentLengths_standStillWhenTheyAreOver() throws IOException {
        var network = new Convolutional();
        try (var lanes = lanes(network, 4)) {
            lanes.begin(fresh(0, 1, 2, 3));
            var stood = bytes(lanes, 1);
            var moving = new TreeMap<Integer, Stretch>();
            moving.put(0, new Steps(2));
            moving.put(2, new Steps(9));
            moving.put(3, new Steps(5));
            lanes.train(moving);
            assertThat(bytes(lanes, 1)).isEqualTo(stood);
            for (var one : moving.entrySet()) {
                try (var alone = separate(network)) {
                    alone.begin(one(0, start(new Origin.Fresh(), one.getKey())));
                    alone.train(one(0, new Steps(one.getValue().step())));
                    equal(lanes, one.getKey(), alone, 1e-5f);
                }
            }
            lanes.train(steps(1, 1));
            assertThat(bytes(lanes, 1)).isNotEqualTo(stood);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aLane_thatDiverges_touchesNoOther(Network network) throws IOException {
        try (var well = lanes(network, 3);
                var ill = lanes(network, 3)) {
            well.begin(fresh(0, 1, 2));
            var starts = fresh(0, 1, 2);
            var values = new TreeMap<>(values(1).active());
            values.put("lr", new Value.Real(1e20));
            starts.put(1, new Start(new Origin.Fresh(), 101, new Hyperparameters(values), new TreeSet<>()));
            ill.begin(starts);
            well.train(steps(20, 0, 1, 2));
            ill.train(steps(20, 0, 1, 2));
            assertThat(ill.evaluate(one(1, 0L)).get(1).metrics().values())
                    .allMatch(reading -> reading instanceof Reading.Diverged);
            assertThat(bytes(ill, 0)).isEqualTo(bytes(well, 0));
            assertThat(bytes(ill, 2)).isEqualTo(bytes(well, 2));
            ill.begin(one(1, start(new Origin.Lane(0), 1)));
            assertThat(bytes(ill, 1)).isEqualTo(bytes(ill, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void lane_warm_isTheOneThatWasLoadedBitByBit(Network network) throws IOException {
        try (var warm = lanes(network, 3);
                var loaded = lanes(network, 3)) {
            warm.begin(fresh(0, 1, 2));
            warm.train(steps(10, 0, 1, 2));
            var keeps = new TreeMap<Integer, Start>();
            var resumes = new TreeMap<Integer, Start>();
            for (int lane = 0; lane < 3; lane++) {
                keeps.put(lane, start(new Origin.Keep(), 10 + lane));
                resumes.put(lane, start(new Origin.Resume(saved(warm, lane)), 10 + lane));
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

    @ParameterizedTest
    @MethodSource("networks")
    void checkpoint_ofALane_isOneOfAMemberAlone_bothWays(Network network) throws IOException {
        try (var lanes = lanes(network, 2);
                var alone = separate(network)) {
            lanes.begin(fresh(0, 1));
            lanes.train(steps(5, 0, 1));
            var save = saved(lanes, 1);
            alone.begin(one(0, start(new Origin.Copy(save), 3)));
            assertThat(bytes(alone, 0)).isEqualTo(Files.readAllBytes(save.resolve("model.safetensors")));
            lanes.begin(one(0, start(new Origin.Copy(save), 3)));
            alone.train(one(0, new Steps(5)));
            lanes.train(steps(5, 0));
            equal(lanes, 0, alone, 1e-5f);
            assertThat(lanes.report(0, 1).metrics()).containsOnlyKeys("test_accuracy", "test_loss");
        }
    }

    @Test
    void blend_inALane_isThatOfAMemberAlone() throws IOException {
        var network = new Convolutional();
        try (var lanes = lanes(network, 2);
                var alone = separate(network)) {
            lanes.begin(fresh(0, 1));
            lanes.train(steps(5, 0, 1));
            var origin = new Origin.Blend(saved(lanes, 0), 0.5, 0.25);
            lanes.begin(one(1, start(origin, 7)));
            alone.begin(one(0, start(origin, 7)));
            equal(lanes, 1, alone, 0);
        }
    }

    /// More than take a step together.
    @Test
    void aLargeCrew_trainsInParts_andEachAsAlone() throws IOException {
        var network = new Perceptron();
        var all = java.util.stream.IntStream.range(0, 70).toArray();
        try (var lanes = lanes(network, 70)) {
            var starts = new TreeMap<Integer, Start>();
            for (int lane : all) {
                starts.put(lane, start(new Origin.Fresh(), lane % 10));
            }
            lanes.begin(starts);
            lanes.train(steps(5, all));
            for (int member = 0; member < 10; member++) {
                try (var alone = separate(network)) {
                    alone.begin(one(0, start(new Origin.Fresh(), member)));
                    alone.train(one(0, new Steps(5)));
                    for (int lane = member; lane < 70; lane += 10) {
                        equal(lanes, lane, alone, 1e-5f);
                    }
                }
            }
        }
    }

    @Test
    void begin_keepingNothing_isRefused() throws IOException {
        try (var lanes = lanes(new Perceptron(), 2)) {
            assertThatThrownBy(() -> lanes.begin(one(0, start(new Origin.Keep(), 0))))
                    .hasMessage("nothing has begun in lane 0");
            assertThatThrownBy(() -> lanes.begin(one(0, start(new Origin.Lane(1), 0))))
                    .hasMessage("nothing has begun in lane 1");
            assertThatThrownBy(() -> lanes.train(steps(1, 1))).hasMessage("nothing has begun in lane 1");
        }
    }

    @Test
    void crewSize_thatIsMeasured_isNoLargerThanAsked() throws IOException {
        var made = new ArrayList<Integer>();
        int width = CrewSize.fastest(
                some -> {
                    made.add(some);
                    return some == 1 ? separate(new Perceptron()) : lanes(new Perceptron(), some);
                },
                5);
        assertThat(made).containsExactly(1, 2, 4);
        assertThat(width).isIn(1, 2, 4);
    }
}
