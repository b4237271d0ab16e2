package dev.clade.app.cli;

import dev.clade.app.wire.Experiments;
import dev.clade.population.CheckpointId;
import dev.clade.population.Finals;
import dev.clade.population.Member;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.store.Shelf;
import dev.clade.tune.Roots;
import dev.clade.tune.Tuner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `clade gc NAME`.
@Command(
        name = "gc",
        description = "Delete the checkpoints that nothing needs any more, and say why each other one is kept.")
final class GcCommand implements Callable<Integer> {

    private static final int SHORT = 12;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Named named = new Named();

    @Mixin
    private FormatOption format = new FormatOption();

    /// What came of it.
    ///
    /// @param freed bytes on the disk
    private record Result(
            String name, int deleted, long freed, long left, List<Shelf.Row> kept, Map<CheckpointId, Set<String>> why) {

        String reason(Shelf.Row row) {
            return row.state() == Shelf.State.WRITING
                    ? "being written"
                    : String.join("; ", why.getOrDefault(row.checkpoint(), Set.of("saved since this began")));
        }
    }

    @Override
    public Integer call() throws IOException {
        return named.open(held -> {
            var result = collect(held);
            var out = spec.commandLine().getOut();
            if (format.format() == Format.TABLE) {
                print(out, result);
            } else {
                document(result).print(out, format.format());
            }
            out.flush();
            return 0;
        });
    }

    /// As a worker that lives, so that nobody else takes over what it condemns while it deletes.
    private static Result collect(Experiments.Held held) throws IOException {
        var worker = Experiments.worker();
        var log = held.opened().log();
        var tuner = held.tuner();
        log.join(worker, Main.VERSION, Experiments.host());
        try (var checkpoints = held.checkpoints(worker)) {
            var at = new AtomicReference<>(log.newest());
            var condemned = log.condemn(worker, population -> {
                at.set(population);
                return Roots.of(population, tuner);
            });
            long freed = 0;
            for (var digest : condemned.files()) {
                freed += size(held.bytes()
                        .resolve("files")
                        .resolve(digest.substring(0, 2))
                        .resolve(digest));
            }
            checkpoints.delete(condemned);
            return new Result(
                    held.name(),
                    condemned.checkpoints().size(),
                    freed,
                    used(held.bytes()),
                    held.opened().shelf().rows(),
                    reasons(at.get(), tuner));
        } finally {
            log.dead(worker);
        }
    }

    /// Bytes of the files of checkpoints, each counted once.
    static long used(Path folder) throws IOException {
        var files = folder.resolve("files");
        if (!Files.isDirectory(files)) {
            return 0;
        }
        long sum = 0;
        try (var walk = Files.walk(files)) {
            for (var file : walk.filter(Files::isRegularFile).toList()) {
                sum += size(file);
            }
        }
        return sum;
    }

    /// 0 for a file that a collector has just deleted.
    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    // ---- why

    private static Map<CheckpointId, Set<String>> reasons(Population population, Tuner tuner) {
        var why = new TreeMap<CheckpointId, Set<String>>();
        population.best().ifPresent(p -> because(why, p, "the best single reading so far"));
        population.front().pairs().forEach(p -> because(why, p, "on the front of all metrics"));
        population
                .finals()
                .map(Finals::candidates)
                .ifPresent(all -> all.forEach(p -> because(why, p, "a finalist of member " + p.member())));
        for (var view : population.views()) {
            var at = view.position() == population.position()
                    ? ""
                    : " at the barrier of generation " + view.generation();
            view.members().forEach(member -> reasons(why, member, at));
        }
        tuner.keeps(population)
                .forEach(c -> why.computeIfAbsent(c, x -> new LinkedHashSet<>()).add("a decision may still choose it"));
        return why;
    }

    private static void reasons(Map<CheckpointId, Set<String>> why, Member member, String at) {
        member.held().ifPresent(p -> because(why, p, "the weights of member " + member.id() + at));
        member.standing()
                .filter(p -> !member.held().equals(java.util.Optional.of(p)))
                .ifPresent(p -> because(why, p, "what member " + member.id() + " is ranked by" + at));
        member.segment()
                .filter(s -> s.outcome() instanceof Segment.Outcome.Open)
                .flatMap(s -> s.source().from())
                .ifPresent(p -> because(why, p, "what member " + member.id() + "'s open segment began with" + at));
        member.paused()
                .ifPresent(p -> why.computeIfAbsent(p.checkpoint(), x -> new LinkedHashSet<>())
                        .add("saved inside member " + member.id() + "'s open segment" + at));
    }

    private static void because(Map<CheckpointId, Set<String>> why, Pair pair, String reason) {
        why.computeIfAbsent(pair.checkpoint(), x -> new LinkedHashSet<>()).add(reason);
    }

    // ---- what is said

    private static void print(PrintWriter out, Result result) {
        out.printf(
                "'%s': deleted %s, %s on the disk; kept %d, %s.%n",
                result.name(),
                Text.count(result.deleted(), "checkpoint", "checkpoints"),
                Text.size(result.freed()),
                result.kept().size(),
                Text.size(result.left()));
        if (result.kept().isEmpty()) {
            return;
        }
        out.println();
        var table = new Table("checkpoint", "size", "kept, because it is");
        for (var row : result.kept()) {
            table.row(row.checkpoint().digest().substring(0, SHORT), Text.size(row.bytes()), result.reason(row));
        }
        table.print(out, "");
    }

    private static Document document(Result result) {
        return new Document()
                .with("experiment", result.name())
                .with("deleted", result.deleted())
                .with("bytes_freed", result.freed())
                .with("bytes_left", result.left())
                .with(
                        "kept",
                        result.kept().stream()
                                .map(row -> new Document()
                                        .with("checkpoint", row.checkpoint())
                                        .with("bytes", row.bytes())
                                        .with("state", row.state().name().toLowerCase(java.util.Locale.ROOT))
                                        .with("because", result.reason(row)))
                                .toList());
    }
}
