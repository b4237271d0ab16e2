package dev.clade.app.cli;

import dev.clade.pbt.Exploit;
import dev.clade.pbt.PopulationBasedTraining;
import dev.clade.population.Specification;
import dev.clade.random.Randomness;
import dev.clade.run.session.Greeted;
import dev.clade.space.Domain;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Value;
import dev.clade.trainer.Capability;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Place;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Trainer;
import dev.clade.trainer.TrainingFailed;
import dev.clade.tune.Tuner;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Examines a trainer before any budget is spent on it: whether it does what a population relies on.
final class Doctor implements AutoCloseable {

    /// How often a value is drawn in search of a parameter that is active only under conditions.
    private static final int DRAWS = 100;

    /// How long a trainer may go on after it was told to stop, beside ten times what it has trained for [seconds].
    private static final long PATIENCE = 10;

    /// Steps that nobody trains to their end.
    private static final long VERY_MANY = 1L << 50;

    /// So many times the steps of a short segment, where a program trains a segment as a whole.
    private static final long MANY = 1_000;

    /// How a check ended.
    enum Verdict {
        OK,
        FAILED,
        SKIPPED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One check.
    record Finding(Verdict verdict, String check, String what) {}

    private final Specification specification;
    private final Tuner tuner;
    private final Trainer.Factory trainers;
    private final Trial trial;
    private final long steps;
    private final Duration patience;
    private final Consumer<Finding> say;
    private final Hyperparameters values;

    /// Whether two runs from one seed end with the same score, and with the same bytes.
    private boolean sameScore;

    private boolean sameBytes;

    /// A trainer that stays warm from its first segment on.
    private final Punctual first;

    /// One whose first task is to load what another has saved.
    private final Punctual second;

    /// One that repeats what the first has done.
    private final Punctual third;

    /// @param steps of each short segment
    /// @param patience the most for any answer of a trainer, whatever the deadlines are
    /// @param say is told each finding as it is made
    Doctor(
            Specification specification,
            Tuner tuner,
            Trainer.Factory trainers,
            Trial trial,
            long steps,
            Duration patience,
            Consumer<Finding> say)
            throws IOException {
        this.specification = specification;
        this.tuner = tuner;
        this.trainers = trainers;
        this.trial = trial;
        this.steps = steps;
        this.patience = patience;
        this.say = say;
        this.values = specification.space().draw(random(0));
        this.first = trainer(0);
        this.second = trainer(1);
        this.third = trainer(2);
    }

    private Punctual trainer(int slot) throws IOException {
        // Devices are cut by slot, and all of these may use those of the first: mostly one at a time is at work.
        boolean devices = specification.resources().gpus() > 0;
        var place = new Place(devices ? 0 : slot, specification.resources().cpus(), "cpu");
        return new Punctual(trainers.create(place), specification.deadlines(), patience);
    }

    @Override
    public void close() {
        List.of(first, second, third).forEach(Punctual::close);
    }

    private Randomness random(int draw) {
        return Randomness.keyed(specification.seed(), draw, 0);
    }

    private void ok(String check, String what) {
        say.accept(new Finding(Verdict.OK, check, what));
    }

    private void failed(String check, String what) {
        say.accept(new Finding(Verdict.FAILED, check, what));
    }

    private void skipped(String check, String why) {
        say.accept(new Finding(Verdict.SKIPPED, check, why));
    }

    /// Something that a trainer may answer with an exception.
    @FunctionalInterface
    private interface Attempt {
        void make() throws IOException, InterruptedException;
    }

    private boolean check(String name, Attempt attempt) throws InterruptedException {
        try {
            attempt.make();
            return true;
        } catch (Punctual.Late e) {
            failed(name, e.getMessage() + "");
            return false;
        } catch (IOException | RuntimeException e) {
            failed(name, threw(e));
            return false;
        }
    }

    private static String threw(Throwable e) {
        return e instanceof TrainingFailed ? e.getMessage() + "" : "it threw " + e;
    }

    void examine() throws InterruptedException {
        var first = new java.util.concurrent.atomic.AtomicReference<Optional<Trial.Result>>(Optional.empty());
        check("begins", () -> first.set(Optional.of(begins())));
        if (first.get().isEmpty()) {
            List.of("metric", "samples", "repeats", "save, load", "load, apply", "warm, loaded", "after another")
                    .forEach(name -> skipped(name, "it does not begin"));
            List.of("beside another", "effect", "stops").forEach(name -> skipped(name, "it does not begin"));
            return;
        }
        var alone = first.get().get();
        check("metric", () -> metric(alone));
        check("samples", () -> samples(alone.evaluation()));
        check("repeats", () -> repeats(alone));
        check("save, load", () -> saved(alone));
        check("load, apply", () -> applied(alone));
        if (sameScore) {
            check("warm, loaded", () -> warm(alone));
            check("after another", () -> after(alone));
            check("beside another", this::beside);
            for (var parameter : specification.space().parameters()) {
                check("effect", () -> effect(parameter, alone));
            }
        } else {
            List.of("warm, loaded", "after another", "beside another", "effect")
                    .forEach(name -> skipped(name, "two runs from one seed differ, so that nothing can be compared"));
        }
        check("stops", this::stops);
    }

    // ---- one segment

    private Trial.Result begins() throws IOException {
        var result = trial.segment(first, new Origin.Fresh(), 0, values, steps);
        handshake();
        difference(values, result.inForce())
                .ifPresentOrElse(
                        d -> failed("begins", "the receipt is wrong: " + d),
                        () -> ok(
                                "begins",
                                Text.count(values.active().size(), "hyperparameter", "hyperparameters")
                                        + " in force as asked"));
        if (result.steps() == steps) {
            ok("trains", Text.count(steps, "step", "steps") + " asked for, all of them granted and done");
        } else {
            failed(
                    "trains",
                    "it was to train " + steps + " steps and asked for " + result.steps()
                            + ": train while stretch.advance(..) says so");
        }
        return result;
    }

    /// How a program has introduced itself.
    private void handshake() {
        if (first.trainer() instanceof Greeted greeted) {
            greeted.greeting()
                    .ifPresent(g -> ok(
                            "handshake",
                            g.program() + ", protocol " + g.protocol() + ", "
                                    + (g.capabilities().isEmpty()
                                            ? "no capabilities"
                                            : String.join(", ", g.capabilities()))
                                    + ", " + Text.count(g.lanes(), "lane", "lanes") + ", started in "
                                    + g.startUp().toMillis() + " ms"));
        }
    }

    /// The first value that is not in force as asked. Reals are equal after rounding to float32.
    static Optional<String> difference(Hyperparameters asked, Hyperparameters inForce) {
        return asked.active().entrySet().stream()
                .filter(e -> inForce.find(e.getKey())
                        .filter(v -> same(e.getValue(), v))
                        .isEmpty())
                .findFirst()
                .map(e -> e.getKey() + " was asked to be " + e.getValue() + " and "
                        + inForce.find(e.getKey()).map(v -> "is " + v).orElse("is not in it"));
    }

    private static boolean same(Value asked, Value found) {
        if (asked instanceof Value.Real a && found instanceof Value.Real b) {
            return (float) a.value() == (float) b.value();
        }
        if (asked instanceof Value.Vector a && found instanceof Value.Vector b) {
            boolean equal = a.elements().size() == b.elements().size();
            for (int i = 0; equal && i < a.elements().size(); i++) {
                equal = same(a.elements().get(i), b.elements().get(i));
            }
            return equal;
        }
        return asked.equals(found);
    }

    private void metric(Trial.Result alone) {
        specification.objectives().forEach(metric -> read("metric", metric.name(), alone.evaluation()));
        if (specification.report().isPresent()) {
            read("report", specification.report().get().name(), first.report(trial.seed(0, "report")));
        }
    }

    private void read(String check, String metric, Evaluation evaluation) {
        switch (evaluation.metrics().get(metric)) {
            case null ->
                failed(
                        check,
                        "'" + metric + "' is not among what it measures: "
                                + String.join(", ", evaluation.metrics().keySet()));
            case Reading.Diverged diverged -> failed(check, metric + " diverged at once: " + diverged.what());
            case Reading.Finite finite ->
                ok(
                        check,
                        metric + " " + Text.number(finite.mean()) + ", "
                                + Text.count(finite.samples().size(), "sample", "samples") + " an evaluation");
        }
    }

    private void samples(Evaluation evaluation) {
        boolean tests = tuner instanceof PopulationBasedTraining pbt && pbt.exploit() instanceof Exploit.TTest;
        int each = evaluation.metrics().get(specification.metric().name()) instanceof Reading.Finite finite
                ? finite.samples().size()
                : 0;
        int all = each * specification.repeats();
        if (!tests) {
            skipped("samples", "no t_test is asked for");
        } else if (all >= 2) {
            ok("samples", all + " a measurement, for the t_test");
        } else {
            failed(
                    "samples",
                    "the t_test needs two a measurement, and there is " + all + ": write 'evaluate: {repeats: 2}'");
        }
    }

    // ---- the same again

    private void repeats(Trial.Result alone) throws IOException {
        var again = trial.segment(third, new Origin.Fresh(), 0, values, steps);
        sameScore = again.evaluation().equals(alone.evaluation());
        sameBytes = again.bytes().equals(alone.bytes());
        boolean claimed = trainers.capabilities().contains(Capability.BITWISE);
        if (sameScore) {
            ok("repeats", "two runs from one seed: the same score" + (sameBytes ? ", the same bytes" : ""));
        } else if (claimed) {
            failed("repeats", "two runs from one seed differ, and the trainer claims that they do not (BITWISE)");
        } else {
            skipped("repeats", "two runs from one seed differ, as they may: the trainer does not claim BITWISE");
        }
    }

    private void saved(Trial.Result alone) throws IOException {
        second.begin(trial.start(new Origin.Resume(alone.saved()), 0, values));
        var loaded = trial.evaluation(second, 0);
        if (loaded.equals(alone.evaluation())) {
            ok("save, load", "the same score from what it saved");
        } else {
            failed(
                    "save, load",
                    "it scored " + alone.evaluation().metrics() + ", and what it saved scores " + loaded.metrics());
        }
    }

    /// What a load brings back are weights: hyperparameters are applied after it.
    private void applied(Trial.Result alone) throws IOException {
        var moved = new TreeMap<>(values.active());
        other().active().forEach((name, value) -> {
            boolean kept = specification.space().find(name).orElseThrow().change() == Parameter.Change.NEVER;
            if (!kept && moved.containsKey(name)) {
                moved.put(name, value);
            }
        });
        var asked = completed(new Hyperparameters(moved));
        var inForce = second.begin(trial.start(new Origin.Copy(alone.saved()), 0, asked));
        difference(asked, inForce)
                .ifPresentOrElse(
                        d -> failed("load, apply", "after it has loaded, " + d),
                        () -> ok("load, apply", "other values are in force after it has loaded"));
    }

    private boolean same(Trial.Result one, Trial.Result other) {
        return one.evaluation().equals(other.evaluation())
                && (!sameBytes || one.bytes().equals(other.bytes()));
    }

    /// A second segment with what it has in hand, and with what it has saved.
    private void warm(Trial.Result alone) throws IOException {
        var kept = trial.segment(first, new Origin.Keep(), 1, values, steps);
        var loaded = trial.segment(second, new Origin.Resume(alone.saved()), 1, values, steps);
        if (same(kept, loaded)) {
            ok("warm, loaded", "a segment is the same whether the trainer is warm or has just loaded");
        } else {
            failed(
                    "warm, loaded",
                    "a segment differs when the trainer is warm ("
                            + kept.evaluation().metrics()
                            + ") and when it has just loaded ("
                            + loaded.evaluation().metrics()
                            + "): something is not saved, or not begun anew");
        }
    }

    /// A member that follows others in one trainer.
    private void after(Trial.Result alone) throws IOException {
        trial.segment(second, new Origin.Fresh(), 2, other(), steps);
        alike("after another", trial.segment(second, new Origin.Fresh(), 0, values, steps), alone);
    }

    /// Two members at once.
    private void beside() throws IOException, InterruptedException {
        var alone = trial.segment(third, new Origin.Fresh(), 2, other(), steps);
        try (var threads = Executors.newFixedThreadPool(2)) {
            Future<Trial.Result> neighbour =
                    threads.submit(() -> trial.segment(second, new Origin.Fresh(), 0, values, steps));
            Future<Trial.Result> other =
                    threads.submit(() -> trial.segment(third, new Origin.Fresh(), 2, other(), steps));
            neighbour.get();
            alike("beside another", other.get(), alone);
        } catch (ExecutionException e) {
            failed("beside another", threw(Objects.requireNonNull(e.getCause())));
        }
    }

    private Hyperparameters other() {
        return specification.space().draw(random(1));
    }

    private void alike(String check, Trial.Result together, Trial.Result alone) {
        if (same(together, alone)) {
            ok(check, "a second member in one process equals itself run alone");
        } else {
            failed(
                    check,
                    "a second member in one process scores "
                            + together.evaluation().metrics() + ", alone "
                            + alone.evaluation().metrics() + ": they share something");
        }
    }

    // ---- effects

    /// The same weights and seed, a parameter at both ends of its domain.
    private void effect(Parameter parameter, Trial.Result alone) throws IOException {
        var name = parameter.name();
        var low = end(parameter, 0);
        var high = end(parameter, Math.nextDown(1.0));
        if (low.equals(high)) {
            skipped("effect", name + " has only one value");
            return;
        }
        var with = active(parameter);
        if (with.isEmpty()) {
            skipped("effect", name + " was not active in " + DRAWS + " draws");
            return;
        }
        boolean structure =
                parameter.change() == Parameter.Change.NEVER || !with.get().equals(values);
        Origin origin = structure ? new Origin.Fresh() : new Origin.Resume(alone.saved());
        var asked = completed(with.get().with(name, low));
        var one = trained(origin, asked);
        var two = trained(origin, completed(with.get().with(name, high)));
        var ends = name + " at " + Text.value(low) + " and at " + Text.value(high);
        var wrong = difference(asked, one.inForce());
        if (!one.evaluation().equals(two.evaluation())) {
            ok("effect", ends + ": another score");
        } else if (sameBytes && !one.bytes().equals(two.bytes())) {
            ok("effect", ends + ": other weights");
        } else if (sameBytes) {
            failed(
                    "effect",
                    ends + " has no effect: the same weights and score after " + steps + " steps"
                            + wrong.map(w -> "; " + w).orElse(""));
        } else {
            failed("effect", ends + " has no effect: the same score after " + steps + " steps");
        }
    }

    private Trial.Result trained(Origin origin, Hyperparameters at) throws IOException {
        return trial.segment(first, origin, 0, at, steps);
    }

    /// A value at one end of a domain.
    private static Value end(Parameter parameter, double quantile) {
        Domain domain = parameter.domain();
        var end = domain.at(quantile);
        return parameter.size() == 0 ? end : new Value.Vector(Collections.nCopies(parameter.size(), end));
    }

    /// Values under which a parameter is active.
    private Optional<Hyperparameters> active(Parameter parameter) {
        if (values.find(parameter.name()).isPresent()) {
            return Optional.of(values);
        }
        for (int i = 1; i < DRAWS; i++) {
            var drawn = specification.space().draw(random(i));
            if (drawn.find(parameter.name()).isPresent()) {
                return Optional.of(drawn);
            }
        }
        return Optional.empty();
    }

    private Hyperparameters completed(Hyperparameters at) {
        return specification.space().completed(new TreeMap<>(at.active()), random(0));
    }

    // ---- the end

    /// Told to stop in the middle of a segment that is long, it must come back.
    private void stops() throws InterruptedException {
        if (!stops(VERY_MANY, false)) {
            stops(MANY * steps, true);
        }
    }

    /// @param last whether what it throws counts: a program that trains a segment as one call may be asked for too much
    /// @return whether there is a finding
    private boolean stops(long length, boolean last) throws InterruptedException {
        var stretch = new Trial.Counted(length);
        long began = System.nanoTime();
        var done = first.ask(() -> {
            first.trainer().begin(trial.start(new Origin.Fresh(), 0, values));
            first.trainer().train(stretch);
            return steps;
        });
        while (!stretch.inTraining() && !done.isDone() && System.nanoTime() - began < patience.toNanos()) {
            Thread.sleep(1);
        }
        stretch.tell();
        long limit = Math.min(
                patience.toSeconds(), PATIENCE + 10 * TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
        try {
            done.get(limit, TimeUnit.SECONDS);
            if (stretch.granted() < length) {
                ok("stops", "when it is told to, after " + Text.count(stretch.granted(), "step", "steps"));
            } else {
                skipped("stops", "it trains a segment as a whole, and stops behind it");
            }
        } catch (TimeoutException e) {
            first.end(done, "it was told to stop");
            failed(
                    "stops",
                    "it still trained " + limit + " s after it was told to stop: ask stretch.advance(..) more often");
        } catch (ExecutionException e) {
            if (!last) {
                return false;
            }
            failed("stops", threw(Objects.requireNonNull(e.getCause())));
        }
        return true;
    }
}
