package dev.clade.app.report;

import dev.clade.fault.Fault;
import dev.clade.population.Entry;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Writes the page of an experiment: learning curves, hyperparameters over steps, lineage, ranks, decisions, time.
///
/// The page itself is built in `web/`; its data goes into a script element that is never executed.
public final class Report {

    private static final String PAGE = "report.html";
    /// Where the data goes. It stands in the built page exactly once.
    private static final String PLACEHOLDER = "/*CLADE_DATA*/";

    private Report() {}

    /// Writes the page of a log to a file, whole or not at all.
    ///
    /// @param entries a log or a prefix of one: at least its first entry
    /// @throws Fault 4301 if it cannot be written, 5101 if the log cannot be folded
    public static void write(List<Entry> entries, Path to) {
        var chronicle = Chronicle.of(entries);
        var target = to.toAbsolutePath();
        Optional<Path> draft = Optional.empty();
        try {
            var folder = Objects.requireNonNullElse(target.getParent(), target);
            Files.createDirectories(folder);
            draft = Optional.of(folder.resolve("." + UUID.randomUUID() + ".html"));
            try (var out = new OutputStreamWriter(Files.newOutputStream(draft.get()), StandardCharsets.UTF_8)) {
                write(chronicle, out);
            }
            Files.move(draft.get(), target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            remove(draft);
            throw new Fault(
                            4301,
                            "the report cannot be written to " + to + ".",
                            e + ".",
                            "a file name in a folder that can be written to.",
                            "say where: clade report EXPERIMENT --to FILE.")
                    .causedBy(e);
        }
    }

    /// Writes the page of a log.
    ///
    /// @param entries a log or a prefix of one: at least its first entry
    /// @throws Fault 5101 if the log cannot be folded
    public static void write(List<Entry> entries, Writer to) throws IOException {
        write(Chronicle.of(entries), to);
    }

    private static void write(Chronicle chronicle, Writer to) throws IOException {
        var page = page();
        int place = page.indexOf(PLACEHOLDER);
        to.write(page, 0, place);
        PageData.write(chronicle, to);
        to.write(page, place + PLACEHOLDER.length(), page.length() - place - PLACEHOLDER.length());
        to.flush();
    }

    private static String page() throws IOException {
        try (var in = Objects.requireNonNull(Report.class.getResourceAsStream(PAGE), PAGE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void remove(Optional<Path> draft) {
        try {
            if (draft.isPresent()) {
                Files.deleteIfExists(draft.get());
            }
        } catch (IOException e) {
            // What could not be written matters, not what is left of it.
        }
    }
}
