package dev.clade.zoo.a3c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.agent.AgentModel;
import dev.clade.zoo.agent.Recall;
import dev.clade.zoo.agent.Settings;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Saved;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.member.Steps;
import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.levels.Levels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Learners in turn and in threads.
class AsynchronousTest {

    private static Trainer trainer(Settings settings) throws IOException {
        return Solo.of(() -> new AgentModel<>(settings, A3c.of(settings)), Placement.HERE);
    }

    private static Start start(Origin origin, double lr) {
        var values = new Hyperparameters(new TreeMap<>(Map.of("lr", new Value.Real(lr))));
        return new Start(origin, 1, values, new TreeSet<>(values.active().keySet()));
    }

    private static double mean(Trainer trainer, String metric) {
        return ((Reading.Finite)
                        Objects.requireNonNull(trainer.report(1).metrics().get(metric)))
                .mean();
    }

    /// A task that nobody can play better than by a toss of a coin without a memory over five steps. A mean of thirty
    /// episodes, each 1 or -1, is above 0.7 by luck in fewer than one of ten thousand.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void learners_inTurnOrInThreads_learnToRemember(int threads) throws IOException {
        try (var trainer = trainer(Settings.of(new Recall(), 2, 8, threads, 10))) {
            trainer.begin(start(new Origin.Fresh(), 5e-3));
            trainer.train(new Steps(40_000));
            assertThat(mean(trainer, "test_return")).isGreaterThan(0.7);
        }
    }

    @Test
    void threads_thatShareAStretch_takeAllOfIt_andTellWhatIsMeasured() throws IOException {
        try (var trainer = trainer(Settings.of(new Recall(), 3, 2, 2, 5))) {
            trainer.begin(start(new Origin.Fresh(), 1e-3));
            var steps = new Steps(3_000);
            trainer.train(steps);
            assertThat(steps.step()).isEqualTo(3_000);
            assertThat(steps.reports).containsOnlyKeys("entropy", "training_return", "value_error");
            assertThat(steps.reports.get("entropy")).hasSize(3);
        }
    }

    /// And the other thread does not train on to the end of the stretch, thousands of unrolls away.
    @Test
    void failure_inAThread_isTheTrainers_andEndsTheOthers() throws IOException {
        try (var trainer = trainer(Settings.of(new Recall(), 2, 2, 2, 5))) {
            trainer.begin(start(new Origin.Fresh(), 1e-3));
            var steps = new Failing();
            assertThatThrownBy(() -> trainer.train(steps)).hasMessage("enough");
            assertThat(steps.step()).isLessThan(5_000);
        }
    }

    /// The same ten, however often they are asked for; but who was just loaded plays.
    @Test
    void evaluation_isOfTheLastTenEpisodesOfTraining(@TempDir Path folder) throws IOException {
        try (var trainer = trainer(Settings.of(new Recall(), 2, 4, 1, 5))) {
            trainer.begin(start(new Origin.Fresh(), 1e-3));
            trainer.train(new Steps(400));
            var measured = trainer.evaluate(1);
            assertThat(trainer.evaluate(2)).isEqualTo(measured);
            trainer.save(folder);
            trainer.begin(start(new Origin.Copy(folder), 1e-3));
            assertThat(trainer.evaluate(1)).isNotEqualTo(trainer.evaluate(2));
        }
    }

    /// An update in each, and whether it can be saved, measured and drawn.
    @ParameterizedTest
    @MethodSource("dev.clade.zoo.world.levels.Levels#all")
    void member_inEveryLevel_trains(Level level, @TempDir Path folder) throws IOException {
        try (var trainer = trainer(Settings.of(level, 1, 2, 1, 3))) {
            trainer.begin(start(new Origin.Fresh(), 1e-3));
            var fresh = Files.createDirectory(folder.resolve("fresh"));
            trainer.save(fresh);
            trainer.train(new Steps(12));
            var trained = Files.createDirectory(folder.resolve("trained"));
            trainer.save(trained);
            assertThat(new Saved(trained).bytes())
                    .hasSameSizeAs(new Saved(fresh).bytes())
                    .isNotEqualTo(new Saved(fresh).bytes());
        }
    }

    @Test
    void pictures_ofAMember_areMomentsOfAnEpisode(@TempDir Path folder) throws IOException {
        var settings = Settings.of(Levels.find("crossing").orElseThrow(), 1, 1, 1, 5);
        try (var trainer = trainer(settings)) {
            trainer.begin(start(new Origin.Fresh(), 1e-3));
            trainer.pictures(folder, 1);
            assertThat(folder.resolve("episode.png")).isNotEmptyFile();
        }
    }
}
