package dev.clade.run.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// A program that was started, with its process group. Any thread may call.
public final class Running implements AutoCloseable {

    /// How long to wait for what an ended program has printed: a child that left its group may hold the line [ms].
    private static final long DRAINED = 2_000;

    private final Process process;
    private final Group group;
    private final Tail out = new Tail();
    private final Tail err = new Tail();
    private final List<Thread> readers;
    private boolean closed;

    Running(Process process, Output output, Ear ear) {
        this.process = process;
        this.group = Group.of(process);
        Warden.OF_THIS_PROCESS.add(group);
        this.readers = List.of(
                reader("out", process.getInputStream(), (bytes, count) -> {
                    output.printed(bytes, count);
                    out.add(bytes, count);
                    ear.hears(bytes, count);
                }),
                reader("err", process.getErrorStream(), (bytes, count) -> {
                    output.complained(bytes, count);
                    err.add(bytes, count);
                }));
    }

    private Thread reader(String name, InputStream from, Ear to) {
        return Thread.ofPlatform()
                .name("program-" + process.pid() + "-" + name)
                .daemon()
                .start(() -> drain(from, to));
    }

    private static void drain(InputStream from, Ear to) {
        var buffer = new byte[1 << 14];
        try (from) {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.hears(buffer, count);
            }
        } catch (IOException e) {
            // the line is closed: nothing more will come
        }
    }

    /// The number of its first process, which is its group's.
    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /// Its exit status, once it has ended: 128 + n where a signal n has ended it.
    public OptionalInt exited() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /// Waits until it has ended.
    ///
    /// @return its exit status
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    /// Waits for a while.
    ///
    /// @return whether it has ended
    public boolean await(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Asks all of its group to end (SIGTERM); ends what does not, and what the program leaves behind (SIGKILL).
    ///
    /// @param grace how long the program may take
    public void terminate(Duration grace) {
        group.terminate();
        try {
            await(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    /// Ends all of its group, now, and does not wait.
    public synchronized void kill() {
        if (!closed) { // else the number may be another's
            group.kill();
        }
    }

    /// The last lines that it has printed on standard error, else on standard output: at most ten, and 2,000
    /// characters.
    /// All is known once it has been ended.
    public String lastWords() {
        var said = err.text();
        return said.isEmpty() ? out.text() : said;
    }

    /// Ends all of its group, and waits until its first process is gone and what it has printed is read.
    public void end() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        group.kill();
        boolean interrupted = Thread.interrupted();
        try {
            process.waitFor(DRAINED, TimeUnit.MILLISECONDS);
            for (var reader : readers) {
                reader.join(DRAINED);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Warden.OF_THIS_PROCESS.remove(group);
    }

    /// The same.
    @Override
    public void close() {
        end();
    }
}
