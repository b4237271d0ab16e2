package dev.clade.run;

import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;

/// A program whose errors (no memory, no stack, a class that is missing, an assertion) are exceptions: failures of the
/// members that it trains, not of the slot.
record Caught(Lanes lanes) implements Lanes {

    /// What a program threw that was no exception.
    static final class ProgramError extends RuntimeException {
        private static final long serialVersionUID = 1;

        ProgramError(Error error) {
            super(error.toString(), error);
        }
    }

    /// Something that a program is asked for.
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T asked(Question<T> question) throws IOException {
        try {
            return question.ask();
        } catch (VirtualMachineError | LinkageError | AssertionError e) {
            throw new ProgramError(e);
        }
    }

    private static <T> T told(java.util.function.Supplier<T> question) {
        try {
            return question.get();
        } catch (VirtualMachineError | LinkageError | AssertionError e) {
            throw new ProgramError(e);
        }
    }

    @Override
    public int width() {
        return lanes.width();
    }

    @Override
    public SortedMap<Integer, Hyperparameters> begin(SortedMap<Integer, Start> starts) throws IOException {
        return asked(() -> lanes.begin(starts));
    }

    @Override
    public void train(SortedMap<Integer, Stretch> moving) {
        told(() -> {
            lanes.train(moving);
            return moving;
        });
    }

    @Override
    public SortedMap<Integer, Evaluation> evaluate(SortedMap<Integer, Long> seeds) {
        return told(() -> lanes.evaluate(seeds));
    }

    @Override
    public Evaluation report(int lane, long seed) {
        return told(() -> lanes.report(lane, seed));
    }

    @Override
    public void pictures(int lane, Path folder, long seed) throws IOException {
        asked(() -> {
            lanes.pictures(lane, folder, seed);
            return folder;
        });
    }

    @Override
    public void save(int lane, Path folder) throws IOException {
        asked(() -> {
            lanes.save(lane, folder);
            return folder;
        });
    }

    @Override
    public boolean keeps(SortedSet<String> changed) {
        return lanes.keeps(changed);
    }

    @Override
    public boolean holds(int lane) {
        return lanes.holds(lane);
    }

    @Override
    public boolean measuresUntrained() {
        return lanes.measuresUntrained();
    }

    @Override
    public boolean abort(String why) {
        return lanes.abort(why);
    }

    @Override
    public void close() {
        lanes.close();
    }
}
