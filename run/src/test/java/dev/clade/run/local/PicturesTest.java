package dev.clade.run.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.Population;
import dev.clade.population.WorkerId;
import dev.clade.run.Climber;
import dev.clade.run.Experiment;
import dev.clade.run.Gallery;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.store.folder.FolderCheckpoints;
import dev.clade.store.memory.MemoryStore;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is drawn of the winner, once.
class PicturesTest {

    private static final Experiment EXPERIMENT = Experiment.of(4);
    private static final Experiment REPORTING = EXPERIMENT.with("report", Setting.map("metric", Setting.word("q")));

    @TempDir
    private Path folder = Path.of("");

    /// What trainers were asked at the end, in order.
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void ends() {
        over.countDown();
    }

    @FunctionalInterface
    private interface Brush {
        void draw(Path folder, double height) throws IOException;
    }

    /// A climber that draws.
    private final class Painter implements Trainer {

        private final Climber climber = new Climber(Climber.Script.NOTHING);
        private final Brush brush;

        private Painter(Brush brush) {
            this.brush = brush;
        }

        @Override
        public Hyperparameters begin(Start start) throws IOException {
            return climber.begin(start);
        }

        @Override
        public void train(Stretch stretch) {
            climber.train(stretch);
        }

        @Override
        public Evaluation evaluate(long seed) {
            return climber.evaluate(seed);
        }

        @Override
        public Evaluation report(long seed) {
            asked.add("report");
            return climber.evaluate(seed);
        }

        @Override
        public void pictures(Path to, long seed) throws IOException {
            asked.add("pictures");
            var saved = folder.resolve("drawn");
            java.nio.file.Files.createDirectories(saved);
            climber.save(saved);
            brush.draw(to, Double.parseDouble(java.nio.file.Files.readString(saved.resolve("height"))));
        }

        @Override
        public void save(Path to) throws IOException {
            climber.save(to);
        }
    }

    private static void square(Path folder, double height) throws IOException {
        var image = new BufferedImage((int) height, (int) height, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", folder.resolve("square.png").toFile());
    }

    private Population run(Experiment experiment, int slots, Brush brush) throws InterruptedException {
        var store = new MemoryStore(InstantSource.system(), Duration.ofSeconds(30));
        var opened = store.create("test", experiment.created());
        var worker = new WorkerId("worker");
        var checkpoints = new FolderCheckpoints(folder.resolve("checkpoints"), worker, opened.shelf());
        return new LocalEngine(
                        opened,
                        checkpoints,
                        _ -> experiment.tuner(),
                        place -> new Painter(brush),
                        slots,
                        slot -> new dev.clade.trainer.Place(slot, 1, "cpu"),
                        worker,
                        Optional.of(new Gallery(folder.resolve("pictures"))))
                .run("test", "here");
    }

    private Gallery.Wall wall() {
        return new Gallery(folder.resolve("pictures")).wall(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theWinnerIsDrawn_once_afterItsReport(int slots) throws Exception {
        var end = run(REPORTING, slots, PicturesTest::square);

        assertThat(asked).containsExactly("report", "pictures");
        var winner = end.finals().flatMap(f -> f.winner(end.specification())).orElseThrow();
        double height = end.specification().metric().score(winner.measured());
        assertThat(wall().pictures()).singleElement().satisfies(p -> {
            assertThat(p.name()).isEqualTo("square");
            assertThat((double) p.width()).isBetween(height - 1.2, height + 0.2);
        });
    }

    @Test
    void whereNothingIsReported_theWinnerIsDrawnToo() throws Exception {
        run(EXPERIMENT, 2, PicturesTest::square);

        assertThat(asked).containsExactly("pictures");
        assertThat(wall().pictures()).hasSize(1);
    }

    @Test
    void aFailure_costsThePicturesOnly() throws Exception {
        var end = run(REPORTING, 1, (to, height) -> {
            square(to, height);
            throw new NoClassDefFoundError("java/awt/Brush");
        });

        assertThat(end.complete()).isTrue();
        assertThat(end.finals().orElseThrow().report()).isPresent();
        assertThat(wall().pictures()).isEmpty();
        assertThat(wall().note().orElseThrow())
                .startsWith("The pictures could not be drawn: ")
                .contains("java/awt/Brush");
    }

    /// With its only slot the worker ends, but not as one that is broken: all is measured.
    @Test
    void whoHangs_costsThePicturesOnly() throws Exception {
        var hasty = Setting.map("first_report", Setting.word("200ms")).with("evaluate", Setting.word("200ms"));
        var end = run(REPORTING.with("deadlines", hasty), 1, (to, height) -> {
            boolean waiting = true;
            while (waiting) {
                try {
                    over.await();
                    waiting = false;
                } catch (InterruptedException e) {
                    // it does not listen
                }
            }
        });

        assertThat(end.complete()).isTrue();
        assertThat(end.finals().orElseThrow().report().orElseThrow())
                .satisfies(report ->
                        assertThat(end.specification().metric().score(report)).isFinite());
        assertThat(wall().note()).contains("The pictures could not be drawn: no answer within 400 ms of finals.");
    }
}
