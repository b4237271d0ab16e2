package dev.clade.run.command;

import dev.clade.random.Randomness;
import dev.clade.run.process.Environment;
import dev.clade.run.process.Output;
import dev.clade.run.process.Program;
import dev.clade.run.process.Running;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Place;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import dev.clade.trainer.TrainingFailed;
import dev.clade.trainer.TrainingFailed.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// A command that trains: each segment is a process, which goes on from the files of the one before. What it has in
/// hand is
/// the folder that the last process has saved into.
final class CommandTrainer implements Trainer {

    /// How often it is asked whether a program shall stop.
    private static final Duration POLL = Duration.ofMillis(50);

    /// What a program that shall stop may take for it.
    private static final Duration GRACE = Duration.ofSeconds(10);

    /// Seeds that every library takes: below 2^31.
    private static final long SEEDS = (1L << 31) - 1;

    private final Command command;
    private final SortedMap<String, String> environment;
    private final Output output;
    private final Scratch scratch;

    private Start start = new Start(new Origin.Fresh(), 0, Hyperparameters.NONE, new TreeSet<>());
    private Optional<Path> hand = Optional.empty();
    private long lineage;
    private int runs;

    /// What the last process has measured, for the first who asks.
    private Optional<Evaluation> measured = Optional.empty();

    // of the thread that works, and of one that ends what it does
    private final Object lock = new Object();
    private boolean working;
    private Optional<Running> running = Optional.empty();
    private Optional<String> aborted = Optional.empty();

    CommandTrainer(Command command, Place place) throws IOException {
        this.command = command;
        this.environment = Environment.of(command.specification(), place);
        this.output = Output.of(place);
        installed(command.train());
        command.evaluate().ifPresent(this::installed);
        this.scratch = new Scratch();
    }

    /// Before anything is trained.
    private void installed(Call call) {
        var program = call.main().words().getFirst();
        if (!program.contains("${")) {
            program(List.of(program)).executable();
        }
    }

    private Program program(List<String> words) {
        return new Program(words, command.folder(), environment);
    }

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        measured = Optional.empty();
        this.start = start;
        switch (start.origin()) {
            case Origin.Keep keep -> {}
            case Origin.Fresh fresh -> drop();
            case Origin.Resume(var folder) -> load(folder);
            case Origin.Copy(var folder) -> load(folder);
            case Origin.Blend blend -> throw new IllegalArgumentException("a command blends no weights");
            case Origin.Lane lane -> throw new IllegalArgumentException("a command has no lanes");
        }
        lineage = start.whose().lineage();
        runs = 0;
        output.segment(start.whose().member(), start.whose().segment());
        return start.values();
    }

    private void load(Path folder) throws IOException {
        drop();
        var copy = scratch.empty("load");
        Scratch.copy(folder, copy);
        hand = Optional.of(copy);
    }

    private void drop() throws IOException {
        if (hand.isPresent()) {
            Scratch.delete(hand.get());
        }
        hand = Optional.empty();
    }

    // ---- training

    @Override
    public void train(Stretch stretch) {
        if (stretch.timed()) {
            throw new TrainingFailed(
                    Kind.THREW, "CLADE-3525 a command trains steps, and this segment ends at a time: give it steps");
        }
        measured = Optional.empty();
        at(() -> {
            boolean goesOn = true;
            while (goesOn && !stretch.over()) {
                goesOn = train(stretch, command.perRun().orElseGet(stretch::remaining));
            }
            return goesOn;
        });
    }

    /// One process; false if it was told to stop, and nothing has come of it.
    private boolean train(Stretch stretch, long steps) throws IOException {
        var saved = scratch.empty("save");
        stretch.begun();
        var seed = runs == 0
                ? start.seed()
                : Randomness.keyed(start.seed(), runs, 0).seed("command/run");
        var run = run(command.train(), values(steps, seed, saved), saved, stretch::over);
        if (run.isEmpty()) {
            Scratch.delete(saved);
            return false;
        }
        run.get().receipt(start.values());
        var evaluation = run.get().evaluation();
        if (!Scratch.holdsFiles(saved)) {
            throw new TrainingFailed(
                    Kind.THREW, "CLADE-3523 the program has ended well, and saved no file into ${save}");
        }
        measured = Optional.of(evaluation);
        drop();
        hand = Optional.of(saved);
        stretch.done(steps);
        lineage += steps;
        runs++;
        return true;
    }

    private Map<String, String> values(long steps, long seed, Path saved) {
        var values = new HashMap<String, String>();
        start.values().active().forEach((name, value) -> values.put(name, written(value)));
        values.put(Command.STEPS, Long.toString(steps));
        values.put(Command.UNTIL, Long.toString(lineage + steps));
        values.put(Command.SAVE, saved.toString());
        values.put(Command.SEED, Long.toString(seed & SEEDS));
        values.put(Command.MEMBER, Integer.toString(start.whose().member()));
        values.put(Command.SEGMENT, Integer.toString(start.whose().segment()));
        hand.ifPresent(folder -> values.put(Command.RESTORE, folder.toString()));
        return values;
    }

    private static String written(Value value) {
        return value instanceof Value.Vector vector
                ? vector.elements().stream().map(CommandTrainer::written).collect(Collectors.joining(","))
                : value.toString();
    }

    // ---- a process

    /// Runs a program to its end; nothing if it was told to stop before.
    private Optional<Measured> run(Call call, Map<String, String> values, Path saved, BooleanSupplier stop)
            throws IOException {
        var heard = new Heard(command.score());
        var began = FileTime.from(Instant.now());
        try (var program = started(call, values, heard)) {
            while (!program.await(POLL)) {
                if (stop.getAsBoolean()) {
                    program.terminate(GRACE);
                    return Optional.empty();
                }
            }
            program.end(); // now all that it printed is there
            heard.lines().end();
            int status = program.exited().orElse(0);
            checked(status, program.lastWords());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingFailed(Kind.EXITED, "interrupted");
        } finally {
            synchronized (lock) {
                running = Optional.empty();
            }
        }
        return Optional.of(new Measured(command, heard, saved, began));
    }

    private Running started(Call call, Map<String, String> values, Heard heard) throws IOException {
        synchronized (lock) {
            aborted.ifPresent(why -> {
                throw new TrainingFailed(Kind.EXITED, why);
            });
            var program = program(call.words(values)).start(output, heard.lines());
            running = Optional.of(program);
            return program;
        }
    }

    private void checked(int status, String lastWords) {
        synchronized (lock) {
            aborted.ifPresent(why -> {
                throw new TrainingFailed(Kind.EXITED, why);
            });
        }
        if (status != 0) {
            throw new TrainingFailed(
                    Kind.EXITED,
                    "CLADE-3521 the program has ended with status " + status
                            + (status > 128 ? " (signal " + (status - 128) + ")" : "")
                            + (lastWords.isEmpty() ? ", and said nothing." : ". Its last words:\n" + lastWords));
        }
    }

    @Override
    public boolean abort(String why) {
        synchronized (lock) {
            if (!working) {
                return false;
            }
            aborted = Optional.of(why);
            running.ifPresent(Running::kill);
            return true;
        }
    }

    /// Something that processes are run for.
    @FunctionalInterface
    private interface Work<T> {
        T done() throws IOException;
    }

    private <T> T at(Work<T> work) {
        synchronized (lock) {
            working = true;
            aborted = Optional.empty();
        }
        try {
            return work.done();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            synchronized (lock) {
                working = false;
            }
        }
    }

    // ---- what came of it

    @Override
    public boolean measuresUntrained() {
        return command.measuresUntrained();
    }

    @Override
    public Evaluation evaluate(long seed) {
        var known = measured;
        measured = Optional.empty();
        return known.orElseGet(() -> at(() -> measure(seed)));
    }

    private Evaluation measure(long seed) throws IOException {
        if (hand.isEmpty() && !measuresUntrained()) {
            throw new TrainingFailed(
                    Kind.THREW, "CLADE-3524 nothing is trained yet, and 'evaluate' has nothing to ${restore}");
        }
        var saved = scratch.empty("measure");
        try {
            var call = command.evaluate().orElse(command.train());
            return run(call, values(0, seed, saved), saved, () -> false)
                    .orElseThrow()
                    .evaluation();
        } finally {
            Scratch.delete(saved);
        }
    }

    @Override
    public void save(Path folder) throws IOException {
        var trained = hand.orElseThrow(
                () -> new TrainingFailed(Kind.THREW, "CLADE-3523 nothing is trained yet, and so nothing is saved"));
        Scratch.copy(trained, folder);
    }

    @Override
    public void close() {
        output.close();
        scratch.close();
    }
}
