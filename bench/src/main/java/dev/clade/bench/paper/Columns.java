package dev.clade.bench.paper;

import java.io.PrintStream;
import java.util.List;

/// Rows of equal length, aligned: the first column to the left, all others to the right.
final class Columns {

    private Columns() {}

    static void print(List<List<String>> rows, PrintStream out) {
        int count = rows.getFirst().size();
        var widths = new int[count];
        for (var row : rows) {
            for (int i = 0; i < count; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < count; i++) {
                var space = " ".repeat(widths[i] - row.get(i).length());
                line.append("  ").append(i == 0 ? row.get(i) + space : space + row.get(i));
            }
            out.println(line);
        }
    }
}
