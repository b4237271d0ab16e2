package dev.clade.app.report;

import dev.clade.population.Entry;
import dev.clade.run.Gallery;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/// Writes the page of an experiment: learning curves, hyperparameters over steps, lineage, ranks,
/// decisions, time.
public final class Report {

    private static final Page PAGE = new Page("report.html", "clade report EXPERIMENT --to FILE");

    private Report() {}

    /// Writes the page of a log to a file, whole or not at all.
    ///
    /// @param entries a log or a prefix of one: at least its first entry
    /// @throws dev.clade.fault.Fault 4301 if it cannot be written, 5101 if the log cannot be folded
    public static void write(List<Entry> entries, Path to) {
        write(entries, Gallery.Wall.EMPTY, to);
    }

    /// The same with the winner's pictures in it.
    public static void write(List<Entry> entries, Gallery.Wall wall, Path to) {
        var chronicle = Chronicle.of(entries);
        PAGE.write(out -> PageData.write(chronicle, wall, out), to);
    }

    /// Writes the page of a log.
    ///
    /// @param entries a log or a prefix of one: at least its first entry
    /// @throws dev.clade.fault.Fault 5101 if the log cannot be folded
    public static void write(List<Entry> entries, Writer to) throws IOException {
        var chronicle = Chronicle.of(entries);
        PAGE.write(out -> PageData.write(chronicle, Gallery.Wall.EMPTY, out), to);
    }
}
