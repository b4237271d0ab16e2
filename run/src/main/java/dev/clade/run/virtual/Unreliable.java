package dev.clade.run.virtual;

import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A trainer that throws in some segments, after a part of their steps. Which ones depends on the segment
/// alone, so that a segment that fails under one worker fails under all.
final class Unreliable implements Trainer {

    private final Trainer trainer;
    private final Conditions conditions;
    private final Duration step;
    private Optional<Double> fails = Optional.empty();

    /// @param step what a step takes, for those that were trained in vain
    Unreliable(Trainer trainer, Conditions conditions, Duration step) {
        this.trainer = trainer;
        this.conditions = conditions;
        this.step = step;
    }

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        fails = conditions.failure(start.seed());
        return trainer.begin(start);
    }

    @Override
    public void train(Stretch stretch) {
        trainer.train(fails.<Stretch>map(part -> new Doomed(stretch, (long) (part * stretch.remaining())))
                .orElse(stretch));
    }

    @Override
    public Evaluation evaluate(long seed) {
        return trainer.evaluate(seed);
    }

    @Override
    public Evaluation report(long seed) {
        return trainer.report(seed);
    }

    @Override
    public void save(Path folder) throws IOException {
        trainer.save(folder);
    }

    @Override
    public void close() {
        trainer.close();
    }

    /// A stretch that throws once so many steps are done.
    private final class Doomed implements Stretch {

        private final Stretch stretch;
        private final long last;
        private final long began;

        Doomed(Stretch stretch, long steps) {
            this.stretch = stretch;
            this.began = stretch.step();
            this.last = began + steps;
        }

        @Override
        public boolean advance(long steps) {
            if (stretch.step() + steps > last && stretch.remaining() > 0) {
                stretch.spend(step.multipliedBy(last - began));
                throw new IllegalStateException("simulated failure at step " + last);
            }
            return stretch.advance(steps);
        }

        @Override
        public long remaining() {
            return stretch.remaining();
        }

        @Override
        public long step() {
            return stretch.step();
        }

        @Override
        public void report(String metric, double value) {
            stretch.report(metric, value);
        }

        @Override
        public void spend(Duration time) {
            stretch.spend(time);
        }
    }
}
