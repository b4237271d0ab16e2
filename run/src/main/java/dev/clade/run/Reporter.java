package dev.clade.run;

import dev.clade.store.Measurements;
import dev.clade.store.Measurements.Row;
import java.util.ArrayList;
import java.util.List;

/// Collects live measurements of one segment and keeps them in batches: all of them before its outcome.
final class Reporter {

    private static final int BATCH = 512;

    private final Measurements measurements;
    private final Lane lane;
    private final int segment;
    private final List<Row> waiting = new ArrayList<>();
    private int sequence;

    Reporter(Measurements measurements, Lane lane, int segment) {
        this.measurements = measurements;
        this.lane = lane;
        this.segment = segment;
    }

    void report(long step, String metric, double value) {
        waiting.add(new Row(lane.member(), segment, lane.lease.term(), sequence++, step, metric, value));
        if (waiting.size() >= BATCH) {
            flush();
        }
    }

    /// How many there were, all of them kept.
    long flush() {
        if (!waiting.isEmpty()) {
            measurements.keep(List.copyOf(waiting));
            waiting.clear();
        }
        return sequence;
    }
}
