package dev.clade.app.cli;

import dev.clade.pbt.Exploit;
import dev.clade.pbt.PopulationBasedTraining;
import dev.clade.population.Specification;
import dev.clade.random.Randomness;
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
import dev.clade.tune.Tuner;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Examines a trainer before any budget is spent on it: whether it does what a population relies on.
final class Doctor {

    /// How often a value is drawn in search of a parameter that is active only under conditions.
    private static final int DRAWS = 100;

    /// How long a trainer may go on after it was told to stop, beside ten times what it has trained for [seconds].
    private static final long PATIENCE = 10;

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
    private final Consumer<Finding> say;
    private final Hyperparameters values;

    /// Whether two runs from one seed end with the same score, and with the same bytes.
    private boolean sameScore;

    private boolean sameBytes;

    /// @param steps of each short segment
    /// @param say is told each finding as it is made
    Doctor(
            Specification specification,
            Tuner tuner,
            Trainer.Factory trainers,
            Trial trial,
            long steps,
            Consumer<Finding> say) {
        this.specification = specification;
        this.tuner = tuner;
        this.trainers = trainers;
        this.trial = trial;
        this.steps = steps;
        this.say = say;
        this.values = specification.space().draw(random(0));
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
        } catch (IOException | RuntimeException e) {
            failed(name, "it threw " + e);
            return false;
        }
    }

    void examine() throws InterruptedException {
        var first = new java.util.concurrent.atomic.AtomicReference<Optional<Trial.Result>>(Optional.empty());
        check("begins", () -> first.set(Optional.of(begins())));
        if (first.get().isEmpty()) {
            List.of("metric", "samples", "repeats", "save, load", "warm, loaded", "after another", "beside another")
                    .forEach(name -> skipped(name, "it does not begin"));
            skipped("effect", "it does not begin");
            skipped("stops", "it does not begin");
            return;
        }
        var alone = first.get().get();
        check("metric", () -> metric(alone));
        check("samples", () -> samples(alone.evaluation()));
        check("repeats", () -> repeats(alone));
        check("save, load", () -> saved(alone));
        if (sameScore) {
            check("warm, loaded", () -> warm(alone));
            check("after another", this::after);
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
        try (var trainer = trainers.create(Place.ANYWHERE)) {
            var result = trial.segment(trainer, new Origin.Fresh(), 0, values, steps);
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

    private void metric(Trial.Result alone) throws IOException {
        specification.objectives().forEach(metric -> read("metric", metric.name(), alone.evaluation()));
        if (specification.report().isPresent()) {
            try (var trainer = trainers.create(Place.ANYWHERE)) {
                trainer.begin(trial.start(new Origin.Resume(alone.saved()), 0, values));
                read("report", specification.report().get().name(), trainer.report(trial.seed(0, "report")));
            }
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
        try (var trainer = trainers.create(Place.ANYWHERE)) {
            var again = trial.segment(trainer, new Origin.Fresh(), 0, values, steps);
            sameScore = again.evaluation().equals(alone.evaluation());
            sameBytes = again.bytes().equals(alone.bytes());
        }
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
        try (var trainer = trainers.create(Place.ANYWHERE)) {
            trainer.begin(trial.start(new Origin.Resume(alone.saved()), 0, values));
            var loaded = trial.evaluation(trainer, 0);
            if (loaded.equals(alone.evaluation())) {
                ok("save, load", "the same score from what it saved");
            } else {
                failed(
                        "save, load",
                        "it scored " + alone.evaluation().metrics() + ", and what it saved scores " + loaded.metrics());
            }
        }
    }

    private boolean same(Trial.Result one, Trial.Result other) {
        return one.evaluation().equals(other.evaluation())
                && (!sameBytes || one.bytes().equals(other.bytes()));
    }

    /// A second segment with what it has in hand, and with what it has saved.
    private void warm(Trial.Result alone) throws IOException {
        try (var warm = trainers.create(Place.ANYWHERE);
                var cold = trainers.create(Place.ANYWHERE)) {
            trial.segment(warm, new Origin.Fresh(), 0, values, steps);
            var kept = trial.segment(warm, new Origin.Keep(), 1, values, steps);
            var loaded = trial.segment(cold, new Origin.Resume(alone.saved()), 1, values, steps);
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
    }

    /// A member that follows another in one trainer.
    private void after() throws IOException {
        try (var used = trainers.create(Place.ANYWHERE)) {
            trial.segment(used, new Origin.Fresh(), 0, values, steps);
            alike("after another", trial.segment(used, new Origin.Fresh(), 2, other(), steps), second());
        }
    }

    /// Two members at once in one process.
    private void beside() throws IOException, InterruptedException {
        try (var threads = Executors.newFixedThreadPool(2)) {
            Future<Trial.Result> first = threads.submit(() -> {
                try (var trainer = trainers.create(new Place(0, 1, "cpu"))) {
                    return trial.segment(trainer, new Origin.Fresh(), 0, values, steps);
                }
            });
            Future<Trial.Result> other = threads.submit(() -> {
                try (var trainer = trainers.create(new Place(1, 1, "cpu"))) {
                    return trial.segment(trainer, new Origin.Fresh(), 2, other(), steps);
                }
            });
            first.get();
            alike("beside another", other.get(), second());
        } catch (ExecutionException e) {
            failed("beside another", "it threw " + e.getCause());
        }
    }

    private Trial.Result second() throws IOException {
        try (var trainer = trainers.create(Place.ANYWHERE)) {
            return trial.segment(trainer, new Origin.Fresh(), 2, other(), steps);
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
        var one = trained(origin, completed(with.get().with(name, low)));
        var two = trained(origin, completed(with.get().with(name, high)));
        var ends = name + " at " + Text.value(low) + " and at " + Text.value(high);
        var wrong = difference(with.get().with(name, low), one.inForce());
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
        try (var trainer = trainers.create(Place.ANYWHERE)) {
            return trial.segment(trainer, origin, 0, at, steps);
        }
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
        var stretch = new Trial.Counted(Long.MAX_VALUE / 4);
        var training =
                Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
        long began = System.nanoTime();
        Future<?> done = training.submit(() -> {
            try (var trainer = trainers.create(Place.ANYWHERE)) {
                trainer.begin(trial.start(new Origin.Fresh(), 0, values));
                trainer.train(stretch);
            }
            return steps;
        });
        while (!stretch.inTraining() && !done.isDone()) {
            Thread.sleep(1);
        }
        stretch.tell();
        long limit = PATIENCE + 10 * TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        try {
            done.get(limit, TimeUnit.SECONDS);
            ok("stops", "when it is told to, after " + Text.count(stretch.granted(), "step", "steps"));
        } catch (TimeoutException e) {
            failed(
                    "stops",
                    "it still trained " + limit + " s after it was told to stop: ask stretch.advance(..) more often");
        } catch (ExecutionException e) {
            failed("stops", "it threw " + e.getCause());
        } finally {
            training.shutdownNow();
        }
    }
}
