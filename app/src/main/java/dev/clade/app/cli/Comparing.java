package dev.clade.app.cli;

import dev.clade.app.report.Secrets;
import dev.clade.app.wire.Experiments;
import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.population.Event;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import dev.clade.study.compare.Ablation;
import dev.clade.study.compare.Arm;
import dev.clade.study.compare.Outcome;
import dev.clade.study.compare.Plan;
import dev.clade.study.compare.Recipe;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The experiments of a comparison: created before the first of them trains, then trained one after the
/// other. What is there already goes on; what is complete is only read.
final class Comparing {

    private static final String PBT = "pbt";

    private final Experiments experiments;
    private final Plan plan;
    private final Recipe recipe;
    private final Path folder;
    private final String again;
    private final PrintWriter out;
    private final Map<Plan.Entry, Outcome> outcomes = new HashMap<>();
    private final Map<String, Recipe.Settings> settings = new LinkedHashMap<>();

    /// @param folder the experiment file's
    /// @param again the command that goes on after an interrupt
    /// @param out for what is said on the way
    Comparing(Experiments experiments, Plan plan, Recipe recipe, Path folder, String again, PrintWriter out) {
        this.experiments = experiments;
        this.plan = plan;
        this.recipe = recipe;
        this.folder = folder;
        this.again = again;
        this.out = out;
    }

    Map<Plan.Entry, Outcome> outcomes() {
        return outcomes;
    }

    /// Of each arm, by its name, under the first seed that it has.
    Map<String, Recipe.Settings> settings() {
        return settings;
    }

    // ---- before the first trains

    /// Creates the experiments, and compares those that are there with what they would be: all of the
    /// settings are recorded before anything is trained. Those that follow pbt are created when that is
    /// complete.
    ///
    /// @throws Fault 1xxx for what is wrong with an arm: nothing is created then; 4120, 4121 for what is
    ///     there
    void prepare() {
        for (var arm : plan.arms()) {
            if (arm instanceof Arm.Ablated ablated && ablated.ablation().follows()) {
                recipe.need(ablated.ablation());
            } else {
                var made = recipe.of(arm, plan.seeds().getFirst());
                Wiring.check(Specification.read(made.settings()), folder);
            }
        }
        var now = plan.entries().stream().filter(e -> follows(e).isEmpty()).toList();
        now.forEach(entry -> compare(entry, recipe.of(entry.arm(), entry.seed())));
        now.forEach(entry -> create(entry, recipe.of(entry.arm(), entry.seed())));
    }

    private static Optional<Ablation> follows(Plan.Entry entry) {
        return entry.arm() instanceof Arm.Ablated ablated && ablated.ablation().follows()
                ? Optional.of(ablated.ablation())
                : Optional.empty();
    }

    private void create(Plan.Entry entry, Recipe.Settings made) {
        settings.putIfAbsent(entry.arm().name(), made);
        var name = plan.named(entry);
        experiments
                .find(name)
                .orElseGet(() -> experiments.create(
                        name, made.settings(), folder, Main.VERSION, plan.provenance(entry, made.notes())))
                .close();
    }

    /// What is there under the name of an experiment must be that experiment.
    private void compare(Plan.Entry entry, Recipe.Settings made) {
        var name = plan.named(entry);
        experiments.find(name).ifPresent(held -> {
            try (held) {
                var first = held.opened().log().after(0, 1).getFirst();
                mine(entry, name, ((Event.ExperimentCreated) first.event()).provenance());
                var recorded = held.specification().settings();
                recipe.differing(recorded, made.settings()).ifPresent(what -> {
                    throw changed(entry, what, made.settings(), recorded, first.at());
                });
            }
        });
    }

    private void mine(Plan.Entry entry, String name, Map<String, String> provenance) {
        var expected = plan.provenance(entry, List.of());
        if (!Objects.equals(provenance.get("study"), expected.get("study"))
                || !Objects.equals(provenance.get("study.arm"), expected.get("study.arm"))
                || !Objects.equals(provenance.get("study.seed"), expected.get("study.seed"))) {
            throw new Fault(
                    4120,
                    "experiment '" + name + "' is in the store already, and no part of a comparison '" + plan.name()
                            + "'.",
                    provenance.containsKey("study")
                            ? "arm " + provenance.get("study.arm") + " of '" + provenance.get("study") + "'."
                            : "an experiment of its own.",
                    "a name that is free.",
                    "name the comparison otherwise: --name NAME.");
        }
    }

    private Fault changed(
            Plan.Entry entry, String what, Setting.Mapping now, Setting.Mapping recorded, Instant created) {
        return new Fault(
                4121,
                "the comparison '" + plan.name() + "' cannot go on: '" + what + "' of its arm '"
                        + entry.arm().name() + "' has changed.",
                what + ": " + text(now, what) + ".",
                what + ": " + text(recorded, what) + ", as recorded "
                        + LocalDate.ofInstant(created, ZoneId.systemDefault()) + ".",
                "use a new name (--name NAME), or the file as it was.");
    }

    private static String text(Setting.Mapping settings, String name) {
        return Optional.ofNullable(Secrets.masked(settings).entries().get(name))
                .map(Setting::toString)
                .orElse("not given");
    }

    // ---- training

    /// Trains what is not complete: true when all is over; false when the process was told to end, and
    /// all is saved.
    boolean train(Optional<Integer> slots) throws InterruptedException {
        var entries = plan.entries();
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            var title = "[%d of %d] %s".formatted(i + 1, entries.size(), plan.named(entry));
            var ready = ready(entry);
            if (ready.isPresent()) {
                said(title, entry, ready.get());
            } else if (!train(entry, title, slots)) {
                return false;
            }
        }
        return true;
    }

    /// Makes an experiment that follows pbt ready to train; its outcome where it never can.
    private Optional<Outcome> ready(Plan.Entry entry) {
        var ablation = follows(entry);
        if (ablation.isEmpty()) {
            return Optional.empty();
        }
        var pbt = plan.arms().stream()
                .filter(a -> a.name().equals(PBT))
                .findFirst()
                .orElseThrow();
        if (!(outcomes.get(new Plan.Entry(pbt, entry.seed())) instanceof Outcome.Complete found)) {
            return Optional.of(new Outcome.Failed("pbt found nothing under this seed that could be trained again"));
        }
        try {
            var made = recipe.of(ablation.get(), entry.seed(), found.schedule());
            Wiring.check(Specification.read(made.settings()), folder);
            compare(entry, made);
            create(entry, made);
            return Optional.empty();
        } catch (Fault fault) {
            if (fault.kind() != Fault.Kind.FILE) {
                throw fault;
            }
            return Optional.of(new Outcome.Failed(String.valueOf(fault.getMessage())));
        }
    }

    private boolean train(Plan.Entry entry, String title, Optional<Integer> slots) throws InterruptedException {
        try (var held = experiments.named(plan.named(entry))) {
            if (held.newest().complete()) {
                said(title, entry, outcome(held));
                return true;
            }
            out.println(title);
            out.flush();
            if (!new Training(experiments, held, out, again).train(slots)) {
                return false;
            }
            said(title, entry, outcome(held));
        } catch (RuntimeException e) {
            said(title, entry, new Outcome.Failed(reason(e)));
        }
        return true;
    }

    private static Outcome outcome(Experiments.Held held) {
        return Outcome.of(held.opened().log().after(0, Integer.MAX_VALUE));
    }

    /// Why an experiment failed by itself. What is wrong with the store or the command is wrong with all
    /// of them.
    private static String reason(RuntimeException thrown) {
        var fault = Fault.in(thrown);
        if (fault.filter(f -> f.kind() != Fault.Kind.RUN).isPresent()) {
            throw thrown;
        }
        return fault.map(f -> String.valueOf(f.getMessage())).orElseGet(thrown::toString);
    }

    private String measured(Outcome.Complete complete) {
        var metric = Specification.read(recipe.file()).metric().name();
        return metric + " " + Readings.interval(complete.measured(), metric);
    }

    private void said(String title, Plan.Entry entry, Outcome outcome) {
        outcomes.put(entry, outcome);
        out.println(
                switch (outcome) {
                    case Outcome.Failed failed -> title + "  failed: " + failed.reason();
                    case Outcome.Complete complete -> title + "  complete: " + measured(complete);
                });
        out.flush();
    }
}
