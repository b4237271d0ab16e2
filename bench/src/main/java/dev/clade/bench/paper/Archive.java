package dev.clade.bench.paper;

import dev.clade.app.file.ExperimentFile;
import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A folder of results: for each arm and seed a file `ARM.SEED.json` with the settings and what came of them. It names
/// no folder of the machine that made it.
record Archive(Path folder) {

    /// An experiment: its settings without the place of the data, and its result.
    record Kept(Setting.Mapping settings, Result result) {}

    /// What is there of an arm under a seed.
    ///
    /// @param settings what it would be trained with now
    /// @throws Fault 6012 where other settings have made it
    Optional<Result> find(Arm arm, long seed, Setting.Mapping settings) {
        var file = file(arm, seed);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var kept = read(file);
        if (!same(kept.settings(), settings)) {
            throw new Fault(
                    6012,
                    "the arm '" + arm + "' of seed " + seed + " was trained under other settings.",
                    "in " + file + ": " + differing(kept.settings(), settings) + ".",
                    "settings that stay the same for a whole comparison.",
                    "name another folder with --to, or use the settings as they were.");
        }
        return Optional.of(kept.result());
    }

    /// Keeps a result, whole or not at all.
    void keep(Arm arm, long seed, Setting.Mapping settings, Result result) {
        var entries = new LinkedHashMap<String, Setting>();
        entries.put("arm", Setting.text(arm.name()));
        entries.put("seed", Setting.word(Long.toString(seed)));
        entries.put("settings", settings);
        entries.putAll(ResultText.written(result).entries());
        try {
            Files.createDirectories(folder);
            var draft = folder.resolve("." + arm.name().replace('/', '_') + "." + seed + ".draft");
            Files.writeString(draft, JsonText.of(Setting.map(entries)));
            Files.move(draft, file(arm, seed), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All that is there.
    ///
    /// @throws Fault 6013 for a folder of no results
    SortedMap<Arm, SortedMap<Long, Kept>> all() {
        var all = new TreeMap<Arm, SortedMap<Long, Kept>>();
        for (var file : files()) {
            var head = ExperimentFile.parse(text(file), file.toString());
            var arm = Arm.of(of(head, "arm").asText());
            all.computeIfAbsent(arm, _ -> new TreeMap<>()).put(of(head, "seed").asWhole(), read(file));
        }
        if (all.isEmpty()) {
            throw new Fault(
                    6013,
                    "there are no results in " + folder + ".",
                    Files.isDirectory(folder) ? "no file of the form ARM.SEED.json." : "no such folder.",
                    "a folder that --to has filled.",
                    "name that folder with --draw.");
        }
        return all;
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(f -> String.valueOf(f.getFileName()).matches("[^.].*[.][0-9]+[.]json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(Arm arm, long seed) {
        return folder.resolve(arm.name().replace('/', '_') + "." + seed + ".json");
    }

    private static Kept read(Path file) {
        var written = ExperimentFile.parse(text(file), file.toString());
        var settings = of(written, "settings").asMapping();
        var space = Specification.read(settings).space();
        return new Kept(
                settings, ResultText.read(written.without("arm").without("seed").without("settings"), space));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Setting of(Setting.Mapping written, String name) {
        return Objects.requireNonNull(written.entries().get(name), name);
    }

    // ---- whether settings are the same

    private static boolean same(Setting.Mapping kept, Setting.Mapping now) {
        return texts(kept).equals(texts(now));
    }

    private static String differing(Setting.Mapping kept, Setting.Mapping now) {
        var before = texts(kept);
        var after = texts(now);
        return before.entrySet().stream()
                .filter(e -> !e.getValue().equals(after.get(e.getKey())))
                .map(e -> e.getKey() + ": " + e.getValue())
                .findFirst()
                .orElseGet(() -> "not " + String.join(", ", after.keySet()));
    }

    private static Map<String, String> texts(Setting.Mapping settings) {
        var texts = new TreeMap<String, String>();
        settings.entries().forEach((name, value) -> texts.put(name, JsonText.inline(value)));
        return texts;
    }
}
