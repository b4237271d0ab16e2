package dev.clade.run.command;

import dev.clade.run.process.Ear;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Hears lines. One that is longer than 1 MiB is passed over.
final class Lines implements Ear {

    private static final int LONGEST = 1 << 20;

    private final Consumer<String> to;
    private ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;

    Lines(Consumer<String> to) {
        this.to = to;
    }

    @Override
    public synchronized void hears(byte[] bytes, int count) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                add(bytes, from, i);
                end();
                from = i + 1;
            }
        }
        add(bytes, from, count);
    }

    private void add(byte[] bytes, int from, int to) {
        tooLong |= line.size() + (to - from) > LONGEST;
        if (!tooLong) {
            line.write(bytes, from, to - from);
        }
    }

    /// The line that is open is over.
    synchronized void end() {
        if (!tooLong && line.size() > 0) {
            to.accept(line.toString(StandardCharsets.UTF_8));
        }
        tooLong = false;
        line = new ByteArrayOutputStream();
    }
}
