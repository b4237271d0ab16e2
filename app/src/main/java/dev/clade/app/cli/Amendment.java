package dev.clade.app.cli;

import dev.clade.app.report.Secrets;
import dev.clade.app.wire.Experiments.Held;
import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.pbt.PopulationBasedTraining;
import dev.clade.pbt.Ready;
import dev.clade.population.Decision.Until;
import dev.clade.population.Event;
import dev.clade.population.Member;
import dev.clade.population.Segment;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import dev.clade.space.Domain;
import dev.clade.space.Parameter;
import dev.clade.store.Append;
import dev.clade.store.Verdict;
import dev.clade.tune.Tuner;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a new experiment file changes in an experiment that is there: compared by meaning, so that a default that is
/// written out is no change. What is not said to be changeable is not.
final class Amendment {

    private static final Set<String> CHANGEABLE = Set.of(
            "slots",
            "turn",
            "resources",
            "environment",
            "deadlines",
            "budget",
            "ready",
            "exploit",
            "explore",
            "scores",
            "retries",
            "final");

    /// What neither the specification nor the tuner reads: there only the same words mean the same.
    private static final Set<String> READ_AS_WRITTEN = Set.of("trainer", "store", "checkpoints");

    private static final String NOT_GIVEN = "not given";
    private static final String NEW_NAME = "use a new name: 'clade run FILE --name NAME'";

    private final Held held;
    private final Seen seen;
    private final Setting.Mapping before;
    private final Setting.Mapping after;
    private final boolean acceptSpace;
    private final List<Change> changes = new ArrayList<>();

    /// One thing that changes, in the words of the files.
    private record Change(String what, String before, String after) {
        @Override
        public String toString() {
            return what + " " + before + " -> " + after;
        }
    }

    private Amendment(Held held, Setting.Mapping file, boolean acceptSpace) {
        this.held = held;
        this.seen = Seen.of(held);
        this.before = seen.specification().settings();
        this.acceptSpace = acceptSpace;
        this.after = started(file)
                .with("name", Objects.requireNonNull(before.entries().get("name")));
    }

    /// Start values that came from an experiment were looked up once: the same words mean those values.
    private Setting.Mapping started(Setting.Mapping file) {
        var from = StartFrom.of(file);
        if (from.isEmpty()) {
            return file;
        }
        var asked = seen.creation().provenance().get(StartFrom.ASKED);
        if (!from.get().text().toString().equals(asked)) {
            throw refused(
                    "'start' is fixed when an experiment is created.",
                    "start: " + from.get().text() + ".",
                    "start: " + (asked == null ? text(before, "start") : asked) + ", as created " + day(seen.created())
                            + ".",
                    NEW_NAME + ".");
        }
        return Optional.ofNullable(before.entries().get("start"))
                .map(s -> file.with("start", s))
                .orElseGet(() -> file.without("start"));
    }

    /// Makes the changes of a file in an experiment, and says which.
    ///
    /// @param acceptSpace whether domains may change
    /// @throws Fault 1xxx for the file, 2104 for what may not change, 4109 while somebody trains
    static void make(Held held, Setting.Mapping file, boolean acceptSpace, PrintWriter out) {
        var amendment = new Amendment(held, file, acceptSpace);
        amendment.compare();
        amendment.append(out);
    }

    private void append(PrintWriter out) {
        var name = held.name();
        if (changes.isEmpty()) {
            out.println("Nothing in the file differs from what '" + name + "' has.");
            return;
        }
        if (seen.living()) {
            throw new Fault(
                    4109,
                    "experiment '" + name + "' is being trained: its settings do not change under its workers.",
                    "a worker that lives.",
                    "none.",
                    "end it first (Ctrl-C, or kill: all is saved), then resume.");
        }
        var what = changes.stream().map(Change::toString).collect(Collectors.joining("; "));
        var verdict = held.opened()
                .log()
                .commit(List.of(Append.of(new Event.OperatorActed(after, what))))
                .getFirst();
        if (verdict instanceof Verdict.Refused refused) {
            throw refused.fault();
        }
        out.println("'" + name + "' has new settings:");
        var table = new Table("what", "until now", "from now on");
        changes.forEach(c -> table.row(c.what(), c.before(), c.after()));
        table.print(out, "  ");
        out.flush();
    }

    // ---- what differs

    private void compare() {
        var asked = Specification.read(after);
        Wiring.check(asked, held.folder());
        var names = new LinkedHashSet<>(before.entries().keySet());
        names.addAll(after.entries().keySet());
        for (var name : names) {
            if (!same(name)) {
                differs(name, asked);
            }
        }
        follows(asked);
    }

    private boolean same(String name) {
        var now = Optional.ofNullable(before.entries().get(name));
        var then = Optional.ofNullable(after.entries().get(name));
        if (now.equals(then)) {
            return true;
        }
        if (READ_AS_WRITTEN.contains(name)) {
            return false;
        }
        try {
            var mixed = Specification.read(then.map(s -> before.with(name, s)).orElseGet(() -> before.without(name)));
            return mixed.means(seen.specification())
                    && (name.equals("budget") || Wiring.tuner(mixed).equals(held.tuner()));
        } catch (Fault together) {
            return false; // only with another change does it make sense
        }
    }

    private void differs(String name, Specification asked) {
        switch (name) {
            case "parameters" -> space(asked);
            case "trainer" -> trainer();
            default -> {
                if (!CHANGEABLE.contains(name)) {
                    throw fixed(name);
                }
                if (name.equals("budget")) {
                    enough(asked);
                }
                changes.add(new Change(name, text(before, name), text(after, name)));
            }
        }
    }

    /// Ready points that nobody gives follow the budget.
    private void follows(Specification asked) {
        var now = every(held.tuner());
        var then = every(Wiring.tuner(asked));
        boolean said = changes.stream().anyMatch(change -> change.what().equals("ready"));
        if (!said && now.isPresent() && then.isPresent() && !now.equals(then)) {
            changes.add(new Change("ready", "every " + now.get(), "every " + then.get() + ", as the budget says"));
        }
    }

    private static Optional<Long> every(Tuner tuner) {
        return tuner instanceof PopulationBasedTraining pbt && pbt.ready() instanceof Ready.Steps steps
                ? Optional.of(steps.every())
                : Optional.empty();
    }

    private static String text(Setting.Mapping settings, String name) {
        return Optional.ofNullable(Secrets.masked(settings).entries().get(name))
                .map(Setting::toString)
                .orElse(NOT_GIVEN);
    }

    // ---- what may not

    private Fault fixed(String name) {
        return refused(
                "'" + name + "' is fixed when an experiment is created.",
                name + ": " + text(after, name) + ".",
                name + ": " + text(before, name) + since(s -> text(s, name)) + ".",
                NEW_NAME + ".");
    }

    private Fault refused(String why, String found, String expected, String mend) {
        return new Fault(2104, "experiment '" + held.name() + "' cannot resume: " + why, found, expected, mend);
    }

    /// Since when something is as it is now.
    private String since(java.util.function.Function<Setting.Mapping, String> part) {
        var at = seen.created();
        var how = "created";
        var now = part.apply(seen.creation().settings());
        for (var entry : seen.entries()) {
            if (entry.event() instanceof Event.OperatorActed acted
                    && !part.apply(acted.settings()).equals(now)) {
                now = part.apply(acted.settings());
                at = entry.at();
                how = "changed";
            }
        }
        return ", as " + how + " " + day(at);
    }

    private static String day(Instant at) {
        return at.atZone(ZoneId.systemDefault()).toLocalDate().toString();
    }

    // ---- the trainer

    private void trainer() {
        var kind = Wiring.kind(trainer(before));
        if (!Wiring.kind(trainer(after)).equals(kind)) {
            throw refused(
                    "the kind of its trainer is fixed when an experiment is created.",
                    "trainer: " + text(after, "trainer") + ".",
                    "trainer: " + kind + since(s -> Wiring.kind(trainer(s))) + ".",
                    NEW_NAME + ".");
        }
        changes.add(new Change("trainer", text(before, "trainer"), text(after, "trainer")));
    }

    private static Setting.Mapping trainer(Setting.Mapping settings) {
        return Objects.requireNonNull(settings.entries().get("trainer")).asMapping();
    }

    // ---- the budget

    private void enough(Specification asked) {
        var population = seen.population();
        asked.budget()
                .steps()
                .ifPresent(steps -> population.members().forEach(member -> {
                    if (steps < promised(member)) {
                        throw spent(
                                "steps: " + steps,
                                "steps: " + promised(member) + " or more, as member " + member.id()
                                        + (open(member).isPresent()
                                                ? " has them in its open segment"
                                                : " has trained"));
                    }
                }));
        asked.budget().totalSteps().filter(s -> s < population.reserved()).ifPresent(total -> {
            throw spent("total_steps: " + total, "total_steps: " + population.reserved() + " or more");
        });
        asked.budget().time().filter(t -> t.compareTo(population.elapsed()) < 0).ifPresent(time -> {
            throw spent(
                    "time: " + seconds(time),
                    "time: " + seconds(population.elapsed().plusMillis(999)) + " or more");
        });
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + "s";
    }

    private Fault spent(String found, String expected) {
        return refused("the budget is less than what is spent.", found + ".", expected + ".", "raise it in the file.");
    }

    /// Steps that a member or its weights have seen, or will have at the end of the open segment.
    private static long promised(Member member) {
        long done = Math.max(member.step(), member.lineageStep());
        return open(member)
                .filter(s -> s.plan().until() instanceof Until.Steps)
                .map(s -> {
                    long end = ((Until.Steps) s.plan().until()).step();
                    return Math.max(done, Math.max(end, s.startLineage() + end - s.startStep()));
                })
                .orElse(done);
    }

    private static Optional<Segment> open(Member member) {
        return member.segment().filter(s -> s.outcome() instanceof Segment.Outcome.Open);
    }

    // ---- the space

    private void space(Specification asked) {
        var now = parameters(seen.specification());
        var then = parameters(asked);
        if (!now.keySet().equals(then.keySet())) {
            throw refused(
                    "the names of its parameters are fixed when an experiment is created.",
                    String.join(", ", then.keySet()) + ".",
                    String.join(", ", now.keySet())
                            + since(s -> String.join(
                                    ", ",
                                    written(s).entries().keySet().stream()
                                            .sorted()
                                            .toList()))
                            + ".",
                    NEW_NAME + ".");
        }
        now.forEach((name, parameter) -> {
            var other = Objects.requireNonNull(then.get(name));
            if (!parameter.equals(other)) {
                parameter(parameter, other);
            }
        });
    }

    private void parameter(Parameter now, Parameter then) {
        var name = now.name();
        var found = name + ": " + body(after, name) + ".";
        var expected = name + ": " + body(before, name) + since(s -> body(s, name)) + ".";
        if (now.change() == Parameter.Change.NEVER) {
            throw refused("'" + name + "' never changes.", found, expected, NEW_NAME + ".");
        }
        if (!kind(now).equals(kind(then))) {
            throw refused(
                    "of '" + name + "' only the domain may change, not what kind of value it is or when it is active.",
                    found,
                    expected,
                    NEW_NAME + ".");
        }
        if (!acceptSpace) {
            throw refused("its search space changed.", found, expected, NEW_NAME + ", or pass --accept-space.");
        }
        changes.add(new Change(name, body(before, name), body(after, name)));
    }

    /// What a value must stay: running members hold some.
    private record Kind(
            Class<? extends Domain> domain,
            int size,
            Parameter.Change change,
            Optional<dev.clade.space.Condition> when) {}

    private static Kind kind(Parameter parameter) {
        return new Kind(parameter.domain().getClass(), parameter.size(), parameter.change(), parameter.when());
    }

    private static Map<String, Parameter> parameters(Specification specification) {
        return specification.space().parameters().stream()
                .collect(Collectors.toMap(Parameter::name, p -> p, (a, b) -> a, TreeMap::new));
    }

    private static Setting.Mapping written(Setting.Mapping settings) {
        return Objects.requireNonNull(settings.entries().get("parameters")).asMapping();
    }

    private static String body(Setting.Mapping settings, String name) {
        return Objects.requireNonNull(written(settings).entries().get(name)).toString();
    }
}
