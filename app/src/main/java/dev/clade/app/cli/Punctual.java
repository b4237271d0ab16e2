package dev.clade.app.cli;

import dev.clade.population.Deadlines;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A trainer that is asked on a thread of its own and has so much time for each answer. What hangs is ended; what
/// cannot
/// be ended is left behind, and is never asked again.
final class Punctual implements Trainer {

    /// How long what was ended may take to come back [s].
    private static final long COMES_BACK = 5;

    private final Trainer trainer;
    private final Deadlines deadlines;
    private final Duration patience;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private volatile boolean lost;

    /// A call that was not answered in time.
    static final class Late extends RuntimeException {
        private static final long serialVersionUID = 1;

        Late(String message) {
            super(message);
        }
    }

    /// @param patience the most for any answer, whatever the deadlines are
    Punctual(Trainer trainer, Deadlines deadlines, Duration patience) {
        this.trainer = trainer;
        this.deadlines = deadlines;
        this.patience = patience;
    }

    /// The trainer itself, which is not to be asked anything that takes time.
    Trainer trainer() {
        return trainer;
    }

    /// Asks on the trainer's thread, without a limit.
    <T> Future<T> ask(Callable<T> question) {
        return thread.submit(question);
    }

    private <T> T answer(String call, Duration deadline, Callable<T> question) throws IOException {
        if (lost) {
            throw new Late("it still hangs");
        }
        var limit = deadline.compareTo(patience) < 0 ? deadline : patience;
        var answer = ask(question);
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            end(answer, "no answer within " + limit.toMillis() + " ms of " + call);
            throw new Late("no answer within " + limit.toMillis() + " ms of '" + call + "'"
                    + (lost ? ", and it cannot be ended" : "; it was ended"));
        } catch (ExecutionException e) {
            throw thrown(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Late("interrupted");
        }
    }

    /// Ends what does not answer.
    void end(Future<?> answer, String why) {
        lost = !trainer.abort(why);
        try {
            if (!lost) {
                answer.get(COMES_BACK, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            // it came back, as it should
        } catch (TimeoutException e) {
            lost = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException thrown(ExecutionException e) throws IOException {
        return switch (e.getCause()) {
            case IOException io -> throw io;
            case RuntimeException runtime -> runtime;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(e);
        };
    }

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        return answer("begin", deadlines.firstReport(), () -> trainer.begin(start));
    }

    @Override
    public void train(Stretch stretch) {
        unchecked("train", deadlines.segment(), () -> {
            trainer.train(stretch);
            return stretch;
        });
    }

    @Override
    public Evaluation evaluate(long seed) {
        return unchecked("evaluate", deadlines.evaluate(), () -> trainer.evaluate(seed));
    }

    @Override
    public Evaluation report(long seed) {
        return unchecked("evaluate", deadlines.evaluate(), () -> trainer.report(seed));
    }

    @Override
    public void save(Path folder) throws IOException {
        answer("save", deadlines.save(), () -> {
            trainer.save(folder);
            return folder;
        });
    }

    private <T> T unchecked(String call, Duration deadline, Callable<T> question) {
        try {
            return answer(call, deadline, question);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (!lost) {
            thread.execute(trainer::close);
        }
        thread.shutdown();
        try {
            var finished = thread.awaitTermination(COMES_BACK, TimeUnit.SECONDS);
            if (!finished) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
