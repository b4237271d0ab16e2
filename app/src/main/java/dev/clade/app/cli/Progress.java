package dev.clade.app.cli;

import dev.clade.app.wire.Experiments.Held;
import dev.clade.population.Member;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/// Live progress: one line that is rewritten on a terminal, a plain line now and then elsewhere. It has no colours.
final class Progress implements AutoCloseable {

    /// Four redraws a second.
    private static final Duration ON_TERMINAL = Duration.ofMillis(250);

    private static final Duration PLAIN = Duration.ofSeconds(5);
    private static final int BAR = 20;

    /// To the line's beginning, no wrapping, erased; and wrapping again.
    private static final String REWRITE = "\r\u001b[?7l\u001b[2K";

    private static final String DONE = "\u001b[?7h";

    private final Held experiment;
    private final PrintWriter out;
    private final boolean terminal = terminal();
    private final Thread thread = Thread.ofVirtual().unstarted(this::watch);
    private final long began = System.nanoTime();
    private double share;

    Progress(Held experiment, PrintWriter out) {
        this.experiment = experiment;
        this.out = out;
    }

    private static boolean terminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                && !"dumb".equals(System.getenv("TERM"));
    }

    void start() {
        var population = experiment.newest();
        var specification = population.specification();
        share = share(population);
        out.printf(
                "%s: %d members%s, %s, ranked by %s%s%n",
                experiment.name(),
                specification.population(),
                specification.controls() > 0 ? ", " + specification.controls() + " of them controls" : "",
                Text.budget(specification),
                specification.objectives().stream()
                        .map(m -> m.name() + " (" + m.mode().name().toLowerCase(java.util.Locale.ROOT) + ")")
                        .collect(Collectors.joining(", ")),
                population.size() > 0 ? ", goes on at mean " + mean(population) : "");
        out.flush();
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(terminal ? ON_TERMINAL : PLAIN);
                print(line(experiment.newest()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(String line) {
        if (terminal) {
            out.print(REWRITE + line + DONE);
        } else {
            out.println(line);
        }
        out.flush();
    }

    private static String mean(Population population) {
        return population.specification().unit() + " " + Math.round(steps(population));
    }

    private static double steps(Population population) {
        return population.members().stream().mapToLong(Member::step).average().orElse(0);
    }

    /// How much of the budget is spent.
    private static double share(Population population) {
        var specification = population.specification();
        var budget = specification.budget();
        double known = specification.population();
        double steps = budget.steps()
                .map(s -> population.members().stream()
                                .mapToDouble(m -> m.live() ? Math.min(s, Math.max(m.step(), m.lineageStep())) : s)
                                .sum()
                        / known
                        / s)
                .orElse(0.0);
        double time = budget.time()
                .map(t -> (double) population.elapsed().toNanos() / t.toNanos())
                .orElse(0.0);
        double total = budget.totalSteps()
                .map(t ->
                        population.members().stream().mapToDouble(Member::step).sum() / t)
                .orElse(0.0);
        return population.ended().isPresent() ? 1 : Math.min(1, Math.max(steps, Math.max(time, total)));
    }

    private String line(Population population) {
        var specification = population.specification();
        long finished = 0;
        long copies = 0;
        for (var member : population.members()) {
            for (var segment : member.segments()) {
                finished += segment.outcome() instanceof Segment.Outcome.Open ? 0 : 1;
                copies += segment.source() instanceof Segment.Source.Copied ? 1 : 0;
            }
        }
        var metric = specification.metric();
        var best = population
                .best()
                .map(p -> Text.number(metric.oriented(metric.score(p.evaluation()))))
                .orElse("-");
        double now = share(population);
        var elapsed = Duration.ofNanos(System.nanoTime() - began);
        return "%s%3.0f %%  %s%s  %s  %s, %s  best %s %s"
                .formatted(
                        terminal ? bar(now) + " " : "",
                        100 * now,
                        Text.time(elapsed),
                        population.complete()
                                ? ""
                                : population.ended().isPresent() ? ", measuring the finalists" : left(now, elapsed),
                        mean(population),
                        Text.count(finished, "segment", "segments"),
                        Text.count(copies, "copy", "copies"),
                        metric.name(),
                        best);
    }

    private static String bar(double share) {
        int full = (int) Math.floor(BAR * share);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }

    /// The time left if it goes on as since this process began.
    private String left(double now, Duration elapsed) {
        double done = now - share;
        if (done < 0.02 || elapsed.toSeconds() < 2) {
            return "";
        }
        return ", about " + Text.time(Duration.ofMillis((long) (elapsed.toMillis() * (1 - now) / done))) + " left";
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        print(line(experiment.newest()));
        if (terminal) {
            out.println();
        }
        out.flush();
    }
}
