package dev.clade.zoo.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every member alone promises. A workload's own tests of its model extend this.
///
/// @param <K> what kinds of member there are: networks, objectives, games
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SoloContract<K> {

    @TempDir
    protected Path folder;

    private int saves;

    protected abstract List<K> kinds();

    protected abstract Trainer trainer(K kind) throws IOException;

    /// Values to learn with, each of them read.
    protected abstract Hyperparameters learning();

    /// Values that change no weight, each of them read.
    protected abstract Hyperparameters still();

    /// Values with which ten steps leave nothing finite.
    protected abstract Hyperparameters ruinous();

    /// The metrics that decisions may go by.
    protected abstract Set<String> measured();

    /// The metrics of the report.
    protected abstract Set<String> reported();

    /// How many steps are training.
    protected int some() {
        return 20;
    }

    protected final Trainer trainer() throws IOException {
        return trainer(kinds().getFirst());
    }

    protected final Start start(Origin origin, long seed) {
        return start(origin, seed, learning());
    }

    protected static Start start(Origin origin, long seed, Hyperparameters values) {
        return new Start(origin, seed, values, new TreeSet<>(values.active().keySet()));
    }

    protected final Saved saved(Trainer trainer) throws IOException {
        var place = Files.createDirectory(folder.resolve("save-" + saves++));
        trainer.save(place);
        return new Saved(place);
    }

    protected static List<Double> samples(Evaluation evaluation, String metric) {
        return finite(evaluation, metric).samples();
    }

    protected static double mean(Evaluation evaluation, String metric) {
        return finite(evaluation, metric).mean();
    }

    private static Reading.Finite finite(Evaluation evaluation, String metric) {
        return (Reading.Finite) Objects.requireNonNull(evaluation.metrics().get(metric));
    }

    private byte[] bytes(Trainer trainer) throws IOException {
        return saved(trainer).bytes();
    }

    private void fresh(Trainer trainer, long seed, long steps) throws IOException {
        trainer.begin(start(new Origin.Fresh(), seed));
        trainer.train(Stretch.of(steps));
    }

    // ---- segments

    @ParameterizedTest
    @MethodSource("kinds")
    void segment_ofTheSameSeed_isTheSameBitByBit_andOfAnotherAnother(K kind) throws IOException {
        try (var one = trainer(kind);
                var other = trainer(kind)) {
            fresh(one, 1, some());
            fresh(other, 9, 7);
            fresh(other, 1, some());
            assertThat(bytes(other)).isEqualTo(bytes(one));
            fresh(other, 2, some());
            assertThat(bytes(other)).isNotEqualTo(bytes(one));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void weights_ofAnotherSeed_areOthersBeforeAnyTraining(K kind) throws IOException {
        try (var one = trainer(kind);
                var other = trainer(kind)) {
            one.begin(start(new Origin.Fresh(), 1));
            other.begin(start(new Origin.Fresh(), 2));
            assertThat(bytes(other)).isNotEqualTo(bytes(one));
        }
    }

    /// Also where the first segment ended between two reports.
    @ParameterizedTest
    @MethodSource("kinds")
    void segment_warm_isTheOneThatWasLoadedBitByBit(K kind) throws IOException {
        try (var warm = trainer(kind);
                var loaded = trainer(kind)) {
            fresh(warm, 1, some() + 3L);
            warm.evaluate(1);
            var save = saved(warm);

            warm.begin(start(new Origin.Keep(), 2));
            loaded.begin(start(new Origin.Resume(save.folder()), 2));
            warm.train(Stretch.of(some()));
            loaded.train(Stretch.of(some()));

            assertThat(loaded.evaluate(3)).isEqualTo(warm.evaluate(3));
            assertThat(bytes(loaded)).isEqualTo(bytes(warm));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void segment_measuredAndDrawnOnTheWay_isTheSame(K kind) throws IOException {
        try (var one = trainer(kind);
                var other = trainer(kind)) {
            fresh(one, 1, 20);
            fresh(other, 1, 10);
            other.evaluate(5);
            other.report(6);
            other.pictures(Files.createDirectory(folder.resolve("pictures")), 1);
            other.train(Stretch.of(10));
            assertThat(bytes(other)).isEqualTo(bytes(one));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void training_ofTwoMembersAtOnce_isThatOfEachAlone(K kind) throws Exception {
        var alone = List.of(trained(kind, 1), trained(kind, 2));
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Callable<Evaluation>> both = List.of(() -> trained(kind, 1), () -> trained(kind, 2));
            var together = threads.invokeAll(both);
            assertThat(together.get(0).get()).isEqualTo(alone.get(0));
            assertThat(together.get(1).get()).isEqualTo(alone.get(1));
        }
    }

    private Evaluation trained(K kind, long seed) throws IOException {
        try (var trainer = trainer(kind)) {
            fresh(trainer, seed, some());
            return trainer.evaluate(0);
        }
    }

    // ---- origins

    @ParameterizedTest
    @MethodSource("kinds")
    void copy_ofADonor_hasItsScore(K kind) throws IOException {
        try (var donor = trainer(kind);
                var recipient = trainer(kind);
                var begun = trainer(kind)) {
            fresh(donor, 1, some());
            fresh(begun, 2, some());
            var copy = start(new Origin.Copy(saved(donor).folder()), 3);
            recipient.begin(copy);
            begun.begin(copy);
            assertThat(recipient.evaluate(4)).isEqualTo(donor.evaluate(4));
            assertThat(begun.evaluate(4)).isEqualTo(donor.evaluate(4));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void begin_ratesOfNothing_areInForceAfterTheLoad(K kind) throws IOException {
        try (var one = trainer(kind);
                var other = trainer(kind)) {
            fresh(one, 1, 5);
            var save = saved(one);
            var before = one.evaluate(0);
            var receipt = other.begin(start(new Origin.Resume(save.folder()), 2, still()));
            assertThat(receipt).isEqualTo(still());
            other.train(Stretch.of(5));
            assertThat(saved(other).weights()).usingRecursiveComparison().isEqualTo(save.weights());
            assertThat(other.evaluate(0)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void blend_ofAHalfAndAQuarter_isTheirSum(K kind) throws IOException {
        try (var trainer = trainer(kind)) {
            fresh(trainer, 1, 5);
            var old = saved(trainer);
            trainer.begin(start(new Origin.Fresh(), 2));
            var fresh = saved(trainer).weights();
            trainer.begin(start(new Origin.Blend(old.folder(), 0.5, 0.25), 2));
            var blended = saved(trainer).weights();
            assertThat(blended.keySet()).isNotEmpty().isEqualTo(fresh.keySet());
            var kept = old.weights();
            blended.forEach((name, found) -> {
                for (int i = 0; i < found.length; i++) {
                    assertThat(found[i])
                            .as(name + " " + i)
                            .isCloseTo(0.5f * kept.get(name)[i] + 0.25f * fresh.get(name)[i], within(1e-6f));
                }
            });
        }
    }

    /// With optimisers that know nothing.
    @ParameterizedTest
    @MethodSource("kinds")
    void blend_ofNothingKept_isDrawnAnew(K kind) throws IOException {
        try (var trainer = trainer(kind)) {
            fresh(trainer, 1, 3);
            var old = saved(trainer);
            trainer.begin(start(new Origin.Fresh(), 2));
            var fresh = bytes(trainer);
            trainer.begin(start(new Origin.Blend(old.folder(), 0, 1), 2));
            assertThat(bytes(trainer)).isEqualTo(fresh);
        }
    }

    @Test
    void begin_keepingNothing_isRefused() throws IOException {
        try (var trainer = trainer()) {
            assertThatThrownBy(() -> trainer.begin(start(new Origin.Keep(), 1)))
                    .hasMessage("there is no model in hand to keep");
            assertThatThrownBy(() -> trainer.begin(start(new Origin.Resume(folder), 1)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> trainer.begin(start(new Origin.Keep(), 1)))
                    .hasMessage("there is no model in hand to keep");
            assertThatThrownBy(() -> trainer.train(Stretch.of(1))).hasMessage("nothing has begun");
        }
    }

    @Test
    void begin_fromADamagedFile_isAFault() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            var save = saved(trainer);
            Files.write(save.file(), Arrays.copyOf(save.bytes(), 1000));
            assertThatThrownBy(() -> trainer.begin(start(new Origin.Resume(save.folder()), 1)))
                    .hasMessageStartingWith("CLADE-3302 " + save.file() + " is not a whole safetensors file.");
        }
    }

    // ---- measurements

    @ParameterizedTest
    @MethodSource("kinds")
    void evaluation_ofAnyModel_hasTenSamplesOfEachMetric(K kind) throws IOException {
        try (var trainer = trainer(kind)) {
            trainer.begin(start(new Origin.Fresh(), 1));
            var evaluation = trainer.evaluate(1);
            assertThat(evaluation.metrics().keySet()).isEqualTo(measured());
            assertThat(measured())
                    .allSatisfy(
                            metric -> assertThat(samples(evaluation, metric)).hasSize(10));
            assertThat(trainer.report(1).metrics().keySet()).isEqualTo(reported());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void training_thatDiverges_isAReadingAndNoException(K kind) throws IOException {
        try (var trainer = trainer(kind)) {
            trainer.begin(start(new Origin.Fresh(), 1, ruinous()));
            trainer.train(Stretch.of(10));
            diverged(trainer.evaluate(0), measured());
            diverged(trainer.report(0), reported());
            trainer.pictures(folder, 1);
            var save = saved(trainer);
            trainer.begin(start(new Origin.Resume(save.folder()), 2));
            trainer.begin(start(new Origin.Fresh(), 3));
            assertThat(trainer.evaluate(0).metrics().values()).allMatch(reading -> reading instanceof Reading.Finite);
        }
    }

    private static void diverged(Evaluation evaluation, Set<String> metrics) {
        assertThat(evaluation.metrics().keySet()).isEqualTo(metrics);
        assertThat(evaluation.metrics().values()).allMatch(reading -> reading instanceof Reading.Diverged);
    }
}
