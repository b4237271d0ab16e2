package dev.clade.app.cli;

import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.TreeSet;

/// Short segments of a trainer, with nothing of an experiment around them.
final class Trial {

    private final long seed;
    private final Path scratch;

    /// @param seed the experiment's
    /// @param scratch an empty folder for what trainers save
    Trial(long seed, Path scratch) {
        this.seed = seed;
        this.scratch = scratch;
    }

    /// What a segment ended with.
    ///
    /// @param inForce the receipt
    /// @param steps that the trainer asked for and got
    /// @param saved the folder that it saved into
    /// @param bytes the digest of what it saved
    record Result(Hyperparameters inForce, long steps, Evaluation evaluation, Path saved, String bytes) {}

    /// Begins, trains, evaluates and saves.
    ///
    /// @param member keys the seeds
    Result segment(Trainer trainer, Origin origin, int member, Hyperparameters values, long steps) throws IOException {
        var inForce = trainer.begin(start(origin, member, values));
        var stretch = new Counted(steps);
        trainer.train(stretch);
        var evaluation = evaluation(trainer, member);
        var folder = Files.createTempDirectory(scratch, "saved");
        trainer.save(folder);
        return new Result(inForce, stretch.granted(), evaluation, folder, digest(folder));
    }

    Start start(Origin origin, int member, Hyperparameters values) {
        return new Start(origin, seed(member, "segment"), values, new TreeSet<>());
    }

    Evaluation evaluation(Trainer trainer, int member) {
        return trainer.evaluate(seed(member, "evaluate"));
    }

    long seed(int member, String purpose) {
        return Randomness.keyed(seed, member, 0).seed("doctor/" + purpose);
    }

    private static String digest(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var file : walk.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList()) {
                digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// A stretch of so many steps that can be told to end.
    static final class Counted implements Stretch {

        private final long steps;
        private volatile long granted;
        private volatile boolean told;
        private volatile boolean begun;

        Counted(long steps) {
            this.steps = steps;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
        public boolean advance(long more) {
            if (told || remaining() <= 0) {
                return false;
            }
            granted += Math.min(more, remaining());
            return true;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
        public void done(long more) {
            granted += Math.max(0, Math.min(more, remaining()));
        }

        void tell() {
            told = true;
        }

        long granted() {
            return granted;
        }

        @Override
        public boolean over() {
            return told || remaining() <= 0;
        }

        @Override
        public void begun() {
            begun = true;
        }

        /// Whether it is in the middle of its training, as far as it says.
        boolean inTraining() {
            return begun || granted >= 2;
        }

        @Override
        public long remaining() {
            return steps - granted;
        }

        @Override
        public long step() {
            return granted;
        }

        @Override
        public void report(String metric, double value) {}

        @Override
        public void spend(Duration time) {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
