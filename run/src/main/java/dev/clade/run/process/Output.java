package dev.clade.run.process;

import dev.clade.trainer.Place;
import java.nio.file.Path;
import java.util.Optional;

/// Where the programs of one slot print: into a file per stream and segment, `member-3/segment-7.out` and `.err`, of at
/// most 16 MiB each; the rest is dropped, and counted in a last line. What comes before the first segment is in
/// `slot-0.out` and `.err`. Without a folder nothing is kept. Any thread may call.
public final class Output implements AutoCloseable {

    private final Optional<Path> logs;
    private final Kept out = new Kept();
    private final Kept err = new Kept();

    private Output(Optional<Path> logs, int slot) {
        this.logs = logs;
        turn("slot-" + slot, "slot " + slot + " starts a program again");
    }

    /// For the programs of a slot.
    public static Output of(Place place) {
        return new Output(place.logs(), place.slot());
    }

    /// What comes from here on is a segment's. One that is there already (it is begun again, or its model is measured
    /// again) goes on behind a line that says so.
    public void segment(int member, int segment) {
        turn("member-" + member + "/segment-" + segment, "member " + member + ", segment " + segment + ", once more");
    }

    private void turn(String name, String again) {
        logs.ifPresent(folder -> {
            out.turn(folder.resolve(name + ".out"), again);
            err.turn(folder.resolve(name + ".err"), again);
        });
    }

    void printed(byte[] bytes, int count) {
        out.write(bytes, count);
    }

    void complained(byte[] bytes, int count) {
        err.write(bytes, count);
    }

    /// Ends the files that are open. What is printed later is kept again.
    @Override
    public void close() {
        out.close();
        err.close();
    }
}
