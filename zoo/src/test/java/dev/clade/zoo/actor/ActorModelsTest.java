package dev.clade.zoo.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.member.Crew;
import dev.clade.zoo.member.CrewSize;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Sharing;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.safetensors.Safetensors;
import dev.clade.zoo.tensor.Device;
import dev.clade.zoo.world.arcade.Arcade;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Lanes against each member alone.
class ActorModelsTest {

    /// Of weights and mean squares, absolute: roundings of float32 after one step, and what training makes of them in a
    /// hundred.
    private static final float AT_ONCE = 2e-6f;

    private static final float LATER = 2e-3f;

    /// Actions without a policy: those of the numbers drawn. No rounding tips them, so that two members that are the
    /// same but for roundings see the same.
    private static final Choice FORCED = (_, _, actions, drawn) -> (int) (drawn * actions);

    @TempDir
    Path folder;

    private int saves;

    private static Settings settings(Arcade game) {
        return new Settings(game, 0, 4, 5, 0.5, 0.99, 1e-3, new Sharing(Device.CPU, OptionalInt.of(1)));
    }

    private static Lanes lanes(Arcade game, Choice choice, int width) throws IOException {
        return Crew.of(count -> new ActorModels(settings(game), choice, count), width, Placement.HERE);
    }

    private static Lanes alone(Arcade game, Choice choice) throws IOException {
        return Lanes.of(Solo.of(() -> new ActorModel(settings(game), choice), Placement.HERE));
    }

    /// No two members have anything in common.
    private static Hyperparameters values(int member) {
        return new Hyperparameters(new TreeMap<>(Map.of(
                "lr", new Value.Real(5e-4 * (1 + member)),
                "entropy_cost", new Value.Real(0.01 * member),
                "value_cost", new Value.Real(0.5 / (1 + member)),
                "discount", new Value.Real(0.9 + 0.005 * member))));
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
                assertThat(farthest(found, expected))
                        .as("lane " + lane + ", " + name)
                        .isLessThanOrEqualTo(tolerance);
            }
        }
    }

    private static float farthest(float[] found, float[] expected) {
        float farthest = 0;
        for (int i = 0; i < found.length; i++) {
            farthest = Math.max(farthest, Math.abs(found[i] - expected[i]));
        }
        return farthest;
    }

    private static float[] floats(Safetensors file, String name) {
        return Objects.requireNonNull(file.arrays().get(name)).bytes().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }

    @ParameterizedTest
    @EnumSource
    void members_inLanes_areWhatEachIsAlone(Arcade game) throws IOException {
        for (long count : new long[] {1, 100}) {
            try (var lanes = lanes(game, FORCED, 4)) {
                var receipts = lanes.begin(fresh(0, 1, 2, 3));
                var moving = steps(count, 0, 1, 2, 3);
                lanes.train(moving);
                for (int member = 0; member < 4; member++) {
                    try (var alone = alone(game, FORCED)) {
                        assertThat(receipts.get(member))
                                .isEqualTo(alone.begin(one(0, start(new Origin.Fresh(), member)))
                                        .get(0));
                        var steps = new Steps(count);
                        alone.train(one(0, steps));
                        equal(lanes, member, alone, count == 1 ? AT_ONCE : LATER);
                        var reports = ((Steps) Objects.requireNonNull(moving.get(member))).reports;
                        assertThat(reports.keySet()).isEqualTo(steps.reports.keySet());
                        assertThat(reports.get("training_return")).isEqualTo(steps.reports.get("training_return"));
                    }
                }
            }
        }
    }

    /// With actions of the policy itself: the same ones as alone, for 20 steps. A rounding of 1e-7 would tip one of
    /// the 1,200 draws with a probability of about 1e-3; seeds are fixed, so only another processor could see it.
    @Test
    void members_inLanes_chooseAsEachDoesAlone() throws IOException {
        try (var lanes = lanes(Arcade.DOTS, Choice.SAMPLED, 3)) {
            lanes.begin(fresh(0, 1, 2));
            lanes.train(steps(20, 0, 1, 2));
            for (int member = 0; member < 3; member++) {
                try (var alone = alone(Arcade.DOTS, Choice.SAMPLED)) {
                    alone.begin(one(0, start(new Origin.Fresh(), member)));
                    alone.train(one(0, new Steps(20)));
                    equal(lanes, member, alone, 1e-4f);
                    assertThat(lanes.evaluate(one(member, 5L)).get(member))
                            .isEqualTo(alone.evaluate(one(0, 5L)).get(0));
                    assertThat(lanes.report(member, 6)).isEqualTo(alone.report(0, 6));
                }
            }
        }
    }

    @Test
    void evaluation_ofSomeLanes_isThatOfEach() throws IOException {
        try (var lanes = lanes(Arcade.DOTS, Choice.SAMPLED, 5)) {
            lanes.begin(fresh(0, 1, 2, 3, 4));
            lanes.train(steps(3, 0, 1, 2, 3, 4));
            var some = lanes.evaluate(new TreeMap<>(Map.of(0, 1L, 1, 2L, 3, 3L, 4, 4L)));
            assertThat(some).containsOnlyKeys(0, 1, 3, 4);
            assertThat(some.get(4)).isEqualTo(lanes.evaluate(one(4, 4L)).get(4));
            assertThat(some.get(1)).isEqualTo(lanes.evaluate(one(1, 2L)).get(1));
            assertThat(some.get(1)).isNotEqualTo(lanes.evaluate(one(1, 3L)).get(1));
        }
    }

    @Test
    void lanes_thatChangePlaces_areReadBeforeAnyIsWritten() throws IOException {
        try (var lanes = lanes(Arcade.BRICKS, Choice.SAMPLED, 3)) {
            lanes.begin(fresh(0, 1, 2));
            lanes.train(steps(3, 0, 1, 2));
            var first = bytes(lanes, 0);
            var second = bytes(lanes, 1);
            var starts = new TreeMap<Integer, Start>();
            starts.put(0, start(new Origin.Lane(1), 0));
            starts.put(1, start(new Origin.Lane(0), 1));
            starts.put(2, start(new Origin.Lane(0), 2));
            lanes.begin(starts);
            assertThat(bytes(lanes, 0)).isEqualTo(second);
            assertThat(bytes(lanes, 1)).isEqualTo(first);
            assertThat(bytes(lanes, 2)).isEqualTo(first);
        }
    }

    @Test
    void lanes_ofDifferentLengths_standStillWhenTheyAreOver() throws IOException {
        try (var lanes = lanes(Arcade.DOTS, FORCED, 4)) {
            lanes.begin(fresh(0, 1, 2, 3));
            var stood = bytes(lanes, 1);
            var moving = new TreeMap<Integer, Stretch>();
            moving.put(0, new Steps(2));
            moving.put(2, new Steps(9));
            moving.put(3, new Steps(5));
            lanes.train(moving);
            assertThat(bytes(lanes, 1)).isEqualTo(stood);
            for (var one : moving.entrySet()) {
                try (var alone = alone(Arcade.DOTS, FORCED)) {
                    alone.begin(one(0, start(new Origin.Fresh(), one.getKey())));
                    alone.train(one(0, new Steps(one.getValue().step())));
                    equal(lanes, one.getKey(), alone, 1e-5f);
                }
            }
        }
    }

    @Test
    void aLane_thatDiverges_touchesNoOther() throws IOException {
        try (var well = lanes(Arcade.DOTS, Choice.SAMPLED, 3);
                var ill = lanes(Arcade.DOTS, Choice.SAMPLED, 3)) {
            well.begin(fresh(0, 1, 2));
            var starts = fresh(0, 1, 2);
            var values = new TreeMap<>(values(1).active());
            values.put("lr", new Value.Real(1e30));
            starts.put(1, new Start(new Origin.Fresh(), 101, new Hyperparameters(values), new TreeSet<>()));
            ill.begin(starts);
            well.train(steps(20, 0, 1, 2));
            ill.train(steps(20, 0, 1, 2));
            var evaluations = ill.evaluate(new TreeMap<>(Map.of(0, 0L, 1, 0L, 2, 0L)));
            assertThat(evaluations.get(1).metrics().values()).allMatch(reading -> reading instanceof Reading.Diverged);
            assertThat(evaluations.get(0)).isEqualTo(well.evaluate(one(0, 0L)).get(0));
            assertThat(bytes(ill, 0)).isEqualTo(bytes(well, 0));
            assertThat(bytes(ill, 2)).isEqualTo(bytes(well, 2));
            ill.begin(one(1, start(new Origin.Lane(0), 1)));
            assertThat(bytes(ill, 1)).isEqualTo(bytes(ill, 0));
        }
    }

    @Test
    void lane_warm_isTheOneThatWasLoadedBitByBit() throws IOException {
        try (var warm = lanes(Arcade.THRUST, Choice.SAMPLED, 3);
                var loaded = lanes(Arcade.THRUST, Choice.SAMPLED, 3)) {
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
            }
        }
    }

    @Test
    void checkpoint_ofALane_isOneOfAMemberAlone_bothWays() throws IOException {
        try (var lanes = lanes(Arcade.DOTS, FORCED, 2);
                var alone = alone(Arcade.DOTS, FORCED)) {
            lanes.begin(fresh(0, 1));
            lanes.train(steps(5, 0, 1));
            var save = saved(lanes, 1);
            alone.begin(one(0, start(new Origin.Copy(save), 3)));
            assertThat(bytes(alone, 0)).isEqualTo(Files.readAllBytes(save.resolve("model.safetensors")));
            lanes.begin(one(0, start(new Origin.Copy(save), 3)));
            alone.train(one(0, new Steps(5)));
            lanes.train(steps(5, 0));
            equal(lanes, 0, alone, 1e-5f);
            lanes.pictures(0, folder, 1);
            assertThat(folder.resolve("episode.png")).exists();
        }
    }

    @Test
    void begin_anotherUnroll_isRefused() throws IOException {
        try (var lanes = lanes(Arcade.DOTS, Choice.SAMPLED, 2)) {
            var unroll = new Hyperparameters(new TreeMap<>(Map.of("unroll", new Value.Whole(7))));
            assertThatThrownBy(() -> lanes.begin(one(0, new Start(new Origin.Fresh(), 1, unroll, new TreeSet<>()))))
                    .hasMessageContaining("CLADE-3360");
        }
    }

    @Test
    void crewSize_thatIsMeasured_isNoLargerThanAsked() throws IOException {
        int width = CrewSize.fastest(
                some -> some == 1 ? alone(Arcade.DOTS, Choice.SAMPLED) : lanes(Arcade.DOTS, Choice.SAMPLED, some), 5);
        assertThat(width).isIn(1, 2, 4);
    }
}
