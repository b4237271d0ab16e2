package dev.clade.bench.paper;

import dev.clade.app.file.ExperimentFile;
import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/// The paper's comparisons on any workload, seeds paired:
///
/// ```
/// bench/run paper --settings FILE [--data FOLDER] [--seeds 1..5] [--arms pbt,random] [--against ARM] [--threads 1]
///     [--to FOLDER] [--slots 2]
/// bench/run paper --draw FOLDER [--arms ...] [--against ARM] [--to ANOTHER]
/// ```
///
/// With `--to` results are kept as they come, one file for each arm and seed; what is there is not trained again, so
/// that the same command goes on after an interrupt. Tables and pictures are made of all that is there, and by `--draw`
/// again without training anything.
public final class Paper {

    private Paper() {}

    public static void main(String[] words) throws IOException {
        try {
            System.exit(run(Options.of(List.of(words)), System.out) ? 0 : 1);
        } catch (Fault fault) {
            System.err.println(fault.getMessage());
            System.exit(2);
        } catch (CompletionException e) {
            System.err.println(e.getCause());
            System.exit(1);
        }
    }

    /// @return whether all that was asked for is complete
    static boolean run(Options options, PrintStream out) throws IOException {
        if (options.draw().isPresent()) {
            var kept = options.draw().get();
            show(
                    options,
                    archived(new Archive(kept), options),
                    Optional.of(options.to().orElse(kept)),
                    out);
            return true;
        }
        var settings = options.settings();
        var file = ExperimentFile.read(settings);
        out.println(settings.getFileName() + ": " + file);
        var archive = options.to().map(Archive::new);
        var folder = Optional.ofNullable(settings.toAbsolutePath().getParent()).orElse(Path.of(""));
        var campaign = new Campaign(file, folder, options.data(), options.slots(), archive, out);
        var results = campaign.run(options.arms(), options.seeds(), options.threads());
        if (!results.isEmpty()) {
            show(options, new Results(Specification.read(file), results), options.to(), out);
        }
        return results.values().stream().mapToInt(bySeed -> bySeed.size()).sum()
                == options.arms().size() * options.seeds().size();
    }

    private static Results archived(Archive archive, Options options) {
        var results = new TreeMap<Arm, SortedMap<Long, Result>>();
        var all = archive.all();
        all.forEach((arm, bySeed) -> {
            if (options.picks(arm)) {
                var ofArm = new TreeMap<Long, Result>();
                bySeed.forEach((seed, kept) -> ofArm.put(seed, kept.result()));
                results.put(arm, ofArm);
            }
        });
        var settings = all.firstEntry().getValue().firstEntry().getValue().settings();
        return new Results(Specification.read(settings), results);
    }

    private static void show(Options options, Results results, Optional<Path> to, PrintStream out) throws IOException {
        var against = options.against(results.arms());
        var table = new Table(results, against);
        table.print(out);
        if (to.isPresent()) {
            var folder = Files.createDirectories(to.get());
            try (var text = new PrintStream(
                    Files.newOutputStream(folder.resolve("table.txt")), false, StandardCharsets.UTF_8)) {
                table.print(text);
            }
            for (var picture : new Pictures(results, against).files().entrySet()) {
                Files.writeString(folder.resolve(picture.getKey()), picture.getValue());
            }
        }
    }
}
