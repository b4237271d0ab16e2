package dev.clade.run.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Programs for tests.
public final class Processes {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Processes() {}

    /// A script for the shell.
    static Program shell(Path folder, String script, String... words) {
        var argv = new java.util.ArrayList<>(List.of("sh", "-c", script, "script"));
        argv.addAll(List.of(words));
        return new Program(argv, folder, new TreeMap<>(Map.of("PATH", System.getenv("PATH"))));
    }

    /// Waits until something holds, as long as it takes on a busy machine: what never comes to hold fails the test.
    public static boolean comes(BooleanSupplier what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!what.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        return what.getAsBoolean();
    }

    public static boolean alive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
