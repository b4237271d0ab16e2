package dev.clade.run.process;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The last that was printed, however much it was.
final class Tail {

    private static final int LINES = 10;
    private static final int CHARACTERS = 2_000;

    /// Of at most four bytes each.
    private final byte[] ring = new byte[4 * CHARACTERS];

    private long count;

    synchronized void add(byte[] bytes, int length) {
        for (int i = Math.max(0, length - ring.length); i < length; i++) {
            ring[(int) ((count + i) % ring.length)] = bytes[i];
        }
        count += length;
    }

    /// The last lines, without what would move a terminal's cursor.
    synchronized String text() {
        int kept = (int) Math.min(count, ring.length);
        var bytes = new byte[kept];
        for (int i = 0; i < kept; i++) {
            bytes[i] = ring[(int) ((count - kept + i) % ring.length)];
        }
        var lines = new String(bytes, StandardCharsets.UTF_8)
                .replace('\r', '\n')
                .replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "")
                .replaceAll("[\\p{Cntrl}&&[^\n\t]]", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        var last = String.join("\n", last(lines));
        return last.substring(Math.max(0, last.length() - CHARACTERS)).strip();
    }

    private static List<String> last(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }
}
