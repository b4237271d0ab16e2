package dev.clade.zoo.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.digits.Steps;
import dev.clade.zoo.member.Crew;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.safetensors.Safetensors;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Stack;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Lanes against each member alone.
class GanModelsTest {

    /// Of weights and moments, absolute. Adam divides by the root of a mean square, so that where a
    /// gradient is nearly 0 a rounding of it is a share of the whole step: but for such elements all is
    /// within a tenth of a step of 1e-4.
    private static final float AT_ONCE = 1e-5f;

    /// After a hundred steps of a game in which each answers the other, in which a weight has moved by 1e-2.
    private static final float LATER = 1e-3f;

    /// Moments are of gradients, which are some ten times as large as a weight's way.
    private static final float MOMENTS = 20;

    /// How many elements in a thousand may lie beyond the tolerance.
    private static final int ODD = 5;

    @TempDir
    Path folder;

    private int saves;

    private static Crew<Segment> lanes(Objective objective, int width) throws IOException {
        return Crew.of(some -> new GanModels(Tasks.of(objective), some), width, Placement.HERE);
    }

    private static Lanes alone(Objective objective) throws IOException {
        return Lanes.of(Solo.of(() -> new GanModel(Tasks.of(objective)), Placement.HERE));
    }

    /// No two members have anything in common; the discriminators of 0 to 4 are updated 1, 4, 2, 5 and 3
    /// times.
    private static Hyperparameters values(int member) {
        return new Hyperparameters(new TreeMap<>(Map.of(
                "generator_lr", new Value.Real(1e-4 + 2e-5 * (member % 5)),
                "discriminator_lr", new Value.Real(2e-4 - 2e-5 * (member % 5)),
                "discriminator_steps", new Value.Whole(1 + member * 3 % 5),
                "beta1", new Value.Real(0.1 * (member % 5)))));
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
        return Files.readAllBytes(Tasks.file(saved(lanes, lane)));
    }

    private void equal(Lanes lanes, int lane, Lanes alone, float tolerance) throws IOException {
        try (var one = Safetensors.open(Tasks.file(saved(lanes, lane)));
                var other = Safetensors.open(Tasks.file(saved(alone, 0)))) {
            assertThat(one.arrays().keySet()).isEqualTo(other.arrays().keySet());
            var beyond = new ArrayList<String>();
            int all = 0;
            for (var name : one.arrays().keySet()) {
                var found = floats(one, name);
                var expected = floats(other, name);
                all += found.length;
                float most = name.contains("optimiser") ? MOMENTS * tolerance : tolerance;
                for (int i = 0; i < found.length; i++) {
                    if (!(Math.abs(found[i] - expected[i]) <= most)) {
                        beyond.add(name + " " + i + ": " + found[i] + " and not " + expected[i]);
                    }
                }
            }
            assertThat(beyond.size())
                    .as("of " + all + " in lane " + lane + ": "
                            + beyond.stream().limit(20).toList())
                    .isLessThanOrEqualTo(tolerance == 0 ? 0 : all * ODD / 1_000);
        }
    }

    private static float[] floats(Safetensors file, String name) {
        return Objects.requireNonNull(file.arrays().get(name)).bytes().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }

    private static double score(Evaluation evaluation) {
        return ((Reading.Finite) Objects.requireNonNull(evaluation.metrics().get("score"))).mean();
    }

    /// The networks of three models at once, and the gradients of their losses' sum.
    @ParameterizedTest
    @CsvSource({"WGAN_GP, 8", "PLAIN, 8", "WGAN_GP, 16", "PLAIN, 16"})
    void gradients_ofAStack_areThoseOfEachAlone(Objective objective, int side) {
        var size = new Size(1, side, 4, 5);
        var generator = Generator.of(size);
        var discriminator = Discriminator.of(size);
        int count = 3;
        int images = 4;
        try (var generating = new Stack(generator.layout(), count);
                var discriminating = new Stack(discriminator.layout(), count)) {
            try (var _ = Scope.still()) {
                for (int i = 0; i < count; i++) {
                    generator.draw(generating.row(i), Randomness.keyed(i, 0, 0));
                    discriminator.draw(discriminating.row(i), Randomness.keyed(i, 0, 0));
                }
            }
            try (var _ = Scope.training()) {
                var making = generating.block(0, count);
                var judging = discriminating.block(0, count);
                var latent = Tasks.random("latent", count, images, size.latent());
                var real = Tasks.random("real", images, count, size.side(), size.side());
                var mixing = Tasks.random("mixing", images, count, 1, 1).sigmoid();
                var fake = generator.imagesEach(making, latent);
                var losses = objective.discriminator(
                        discriminator.scoresEach(judging, count), real, fake.detached(), mixing);
                losses.sum().backward();
                var generatorLosses = objective.generator(discriminator.scoresEach(new Frozen(judging), count), fake);
                generatorLosses.sum().backward();
                for (int i = 0; i < count; i++) {
                    try (var maker = alone(generator.layout(), making, i);
                            var judge = alone(discriminator.layout(), judging, i)) {
                        var made = generator.images(maker, latent.picked(0, i));
                        var loss = objective.discriminator(
                                discriminator.scores(judge),
                                real.narrow(1, i, 1),
                                made.detached(),
                                mixing.narrow(1, i, 1));
                        loss.sum().backward();
                        var generatorLoss = objective.generator(discriminator.scores(new Frozen(judge)), made);
                        generatorLoss.sum().backward();
                        assertThat(losses.detached().floats()[i]).isCloseTo((float) loss.item(), within(1e-4f));
                        assertThat(generatorLosses.detached().floats()[i])
                                .isCloseTo((float) generatorLoss.item(), within(1e-4f));
                        close(judging, i, judge);
                        close(making, i, maker);
                    }
                }
            }
        }
    }

    /// A row's weights on their own.
    private static Parameters alone(Parameters.Layout layout, Stack.Block block, int row) {
        var parameters = layout.build();
        try (var _ = Scope.still()) {
            for (var name : parameters.names()) {
                var own = block.get(name).detached().picked(0, row);
                var to = parameters.get(name);
                boolean turned = !own.shape().equals(to.shape());
                to.copyHere(turned ? own.transpose(0, 1) : own);
            }
        }
        return parameters;
    }

    private static void close(Stack.Block block, int row, Parameters alone) {
        for (var name : alone.names()) {
            var expected = alone.gradient(name);
            var own = block.gradient(name).picked(0, row);
            var found = own.shape().equals(expected.shape()) ? own : own.transpose(0, 1);
            float scale = 0;
            var numbers = expected.floats();
            for (float number : numbers) {
                scale = Math.max(scale, Math.abs(number));
            }
            var others = found.floats();
            for (int i = 0; i < numbers.length; i++) {
                assertThat(others[i])
                        .as("row " + row + ", " + name + " " + i)
                        .isCloseTo(numbers[i], within(1e-4f * Math.max(scale, 1e-2f)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void members_inLanes_areWhatEachIsAlone(Objective objective) throws IOException {
        for (long count : new long[] {1, 100}) {
            try (var lanes = lanes(objective, 5)) {
                var receipts = lanes.begin(fresh(0, 1, 2, 3, 4));
                var moving = steps(count, 0, 1, 2, 3, 4);
                lanes.train(moving);
                var evaluations = lanes.evaluate(new TreeMap<>(Map.of(0, 1L, 1, 1L, 2, 1L, 3, 1L, 4, 1L)));
                for (int member = 0; member < 5; member++) {
                    try (var alone = alone(objective)) {
                        assertThat(receipts.get(member))
                                .isEqualTo(alone.begin(one(0, start(new Origin.Fresh(), member)))
                                        .get(0));
                        var steps = new Steps(count);
                        alone.train(one(0, steps));
                        equal(lanes, member, alone, count == 1 ? AT_ONCE : LATER);
                        assertThat(score(evaluations.get(member)))
                                .isCloseTo(score(alone.evaluate(one(0, 1L)).get(0)), within(0.02));
                        close(((Steps) moving.get(member)).losses, steps.losses);
                    }
                }
            }
        }
    }

    private static void close(List<Double> found, List<Double> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).isCloseTo(expected.get(i), within(0.02));
        }
    }

    @Test
    void lanes_thatChangePlaces_areReadBeforeAnyIsWritten() throws IOException {
        try (var lanes = lanes(Objective.WGAN_GP, 4)) {
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
        try (var lanes = lanes(Objective.WGAN_GP, 4)) {
            lanes.begin(fresh(0, 1, 2, 3));
            var stood = bytes(lanes, 1);
            var moving = new TreeMap<Integer, Stretch>();
            moving.put(0, new Steps(2));
            moving.put(2, new Steps(7));
            moving.put(3, new Steps(4));
            lanes.train(moving);
            assertThat(bytes(lanes, 1)).isEqualTo(stood);
            for (var one : moving.entrySet()) {
                try (var alone = alone(Objective.WGAN_GP)) {
                    alone.begin(one(0, start(new Origin.Fresh(), one.getKey())));
                    alone.train(one(0, new Steps(one.getValue().step())));
                    equal(lanes, one.getKey(), alone, 1e-4f);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void aLane_thatDiverges_touchesNoOther(Objective objective) throws IOException {
        try (var well = lanes(objective, 3);
                var ill = lanes(objective, 3)) {
            well.begin(fresh(0, 1, 2));
            var starts = fresh(0, 1, 2);
            var values = new TreeMap<>(values(1).active());
            values.put("discriminator_lr", new Value.Real(1e30));
            values.put("generator_lr", new Value.Real(1e30));
            starts.put(1, new Start(new Origin.Fresh(), 101, new Hyperparameters(values), new TreeSet<>()));
            ill.begin(starts);
            well.train(steps(10, 0, 1, 2));
            ill.train(steps(10, 0, 1, 2));
            assertThat(ill.evaluate(one(1, 0L)).get(1).metrics().values())
                    .allMatch(reading -> reading instanceof Reading.Diverged);
            assertThat(bytes(ill, 0)).isEqualTo(bytes(well, 0));
            assertThat(bytes(ill, 2)).isEqualTo(bytes(well, 2));
            ill.begin(one(1, start(new Origin.Lane(0), 1)));
            assertThat(bytes(ill, 1)).isEqualTo(bytes(ill, 0));
        }
    }

    @Test
    void lane_warm_isTheOneThatWasLoadedBitByBit() throws IOException {
        try (var warm = lanes(Objective.WGAN_GP, 3);
                var loaded = lanes(Objective.WGAN_GP, 3)) {
            warm.begin(fresh(0, 1, 2));
            warm.train(steps(5, 0, 1, 2));
            var keeps = new TreeMap<Integer, Start>();
            var resumes = new TreeMap<Integer, Start>();
            for (int lane = 0; lane < 3; lane++) {
                keeps.put(lane, start(new Origin.Keep(), 10 + lane));
                resumes.put(lane, start(new Origin.Resume(saved(warm, lane)), 10 + lane));
            }
            warm.begin(keeps);
            loaded.begin(resumes);
            warm.train(steps(5, 0, 1, 2));
            loaded.train(steps(5, 0, 1, 2));
            for (int lane = 0; lane < 3; lane++) {
                assertThat(bytes(loaded, lane)).isEqualTo(bytes(warm, lane));
                assertThat(loaded.evaluate(one(lane, 5L))).isEqualTo(warm.evaluate(one(lane, 5L)));
            }
        }
    }

    @Test
    void checkpoint_ofALane_isOneOfAMemberAlone_bothWays() throws IOException {
        try (var lanes = lanes(Objective.WGAN_GP, 2);
                var alone = alone(Objective.WGAN_GP)) {
            lanes.begin(fresh(0, 1));
            lanes.train(steps(3, 0, 1));
            var save = saved(lanes, 1);
            alone.begin(one(0, start(new Origin.Copy(save), 3)));
            assertThat(bytes(alone, 0)).isEqualTo(Files.readAllBytes(Tasks.file(save)));
            lanes.begin(one(0, start(new Origin.Copy(save), 3)));
            alone.train(one(0, new Steps(2)));
            lanes.train(steps(2, 0));
            equal(lanes, 0, alone, 1e-4f);
            assertThat(lanes.report(0, 1).metrics()).containsOnlyKeys("report_score", "frechet");
            lanes.pictures(0, folder, 1);
            assertThat(folder.resolve("generated.png")).exists();
        }
    }

    @Test
    void blend_inALane_isThatOfAMemberAlone() throws IOException {
        try (var lanes = lanes(Objective.WGAN_GP, 2);
                var alone = alone(Objective.WGAN_GP)) {
            lanes.begin(fresh(0, 1));
            lanes.train(steps(2, 0, 1));
            var origin = new Origin.Blend(saved(lanes, 0), 0.5, 0.25);
            lanes.begin(one(1, start(origin, 7)));
            alone.begin(one(0, start(origin, 7)));
            equal(lanes, 1, alone, 0);
        }
    }
}
