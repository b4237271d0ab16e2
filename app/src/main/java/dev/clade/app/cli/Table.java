package dev.clade.app.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Rows under heads, in columns as wide as they must be. Columns of numbers stand right.
final class Table {

    private static final String GAP = "  ";
    private static final Pattern NUMBER = Pattern.compile("-|[+-]?[0-9.,]+(e-?\\d+)?|[+-]?inf|nan|\\d+ (of \\d+|tied)");

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> heads) {
        this.heads = List.copyOf(heads);
    }

    Table(String... heads) {
        this(List.of(heads));
    }

    /// One cell per head.
    Table row(List<String> cells) {
        if (cells.size() != heads.size()) {
            throw new IllegalArgumentException(cells.size() + " cells under " + heads.size() + " heads");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    Table row(String... cells) {
        return row(List.of(cells));
    }

    void print(PrintWriter out, String indent) {
        var lines = new ArrayList<>(rows);
        lines.addFirst(heads);
        var columns = IntStream.range(0, heads.size()).boxed().toList();
        var widths = columns.stream()
                .map(c -> lines.stream().mapToInt(r -> r.get(c).length()).max().orElse(0))
                .toList();
        var right = columns.stream()
                .map(c -> rows.stream().allMatch(r -> NUMBER.matcher(r.get(c)).matches()))
                .toList();
        for (var line : lines) {
            var text = new StringBuilder(indent);
            for (int c : columns) {
                int pad = widths.get(c) - line.get(c).length();
                var space = String.join("", Collections.nCopies(pad, " "));
                text.append(c == 0 ? "" : GAP).append(right.get(c) ? space + line.get(c) : line.get(c) + space);
            }
            out.println(text.toString().stripTrailing());
        }
    }
}
