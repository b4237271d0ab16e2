package dev.clade.app.cli;

import dev.clade.population.Member;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.run.Catalogue;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/// Live progress: one line that is rewritten on a terminal, a plain line now and then elsewhere.
final class Progress implements AutoCloseable {

    private static final Duration ON_TERMINAL = Duration.ofMillis(250);
    private static final Duration PLAIN = Duration.ofSeconds(5);

    private final Catalogue catalogue;
    private final PrintWriter out;
    private final boolean terminal = terminal();
    private final Thread thread = Thread.ofVirtual().unstarted(this::watch);
    private final long began = System.nanoTime();

    Progress(Catalogue catalogue, PrintWriter out) {
        this.catalogue = catalogue;
        this.out = out;
    }

    private static boolean terminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    void start() {
        var specification = catalogue.newest().specification();
        out.printf(
                "%s: %d members, %s each, ranked by %s (%s)%n",
                specification.name(),
                specification.population(),
                specification.budget(),
                specification.metric().name(),
                specification.metric().mode().name().toLowerCase(java.util.Locale.ROOT));
        out.flush();
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(terminal ? ON_TERMINAL : PLAIN);
                print(line(catalogue.newest()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(String line) {
        if (terminal) {
            out.print("\r\u001b[2K" + line);
        } else {
            out.println(line);
        }
        out.flush();
    }

    private String line(Population population) {
        var specification = population.specification();
        long segments = population.members().stream()
                .flatMap(m -> m.segments().stream())
                .filter(s -> s.pair().isPresent())
                .count();
        long copies = population.members().stream()
                .flatMap(m -> m.segments().stream())
                .filter(s -> s.source() instanceof Segment.Source.Copied)
                .count();
        double step =
                population.members().stream().mapToLong(Member::step).average().orElse(0);
        var best = population
                .best()
                .map(Pair::evaluation)
                .map(e -> "%.4g"
                        .formatted(specification
                                .metric()
                                .oriented(specification.metric().score(e))))
                .orElse("-");
        return "%4d s  mean %s %.0f  %d decisions, %d copies  best %s so far %s%s"
                .formatted(
                        (System.nanoTime() - began) / 1_000_000_000L,
                        specification.unit(),
                        step,
                        segments,
                        copies,
                        specification.metric().name(),
                        best,
                        population.ended().isPresent() ? "  measuring the finalists" : "");
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        print(line(catalogue.newest()));
        out.println();
    }
}
