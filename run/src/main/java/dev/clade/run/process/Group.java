package dev.clade.run.process;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// A program with all that it has started, as the system knows them: a process group whose number is that of its first
/// process.
///
/// @param first the process that Clade has started
/// @param own whether it leads a group; if not, only those of whom the system still knows the parents can be ended
record Group(ProcessHandle first, boolean own) {

    private static final System.Logger LOGGER = System.getLogger(Group.class.getName());

    /// What makes the program behind it the leader of a group: found once.
    private static final List<String> PREFIX = prefix(Group::onPath);

    static List<String> prefix() {
        return PREFIX;
    }

    static Group of(Process process) {
        return new Group(process.toHandle(), !PREFIX.isEmpty());
    }

    /// @param finder of programs by their names
    static List<String> prefix(Function<String, Optional<Path>> finder) {
        var setsid = finder.apply("setsid").map(path -> List.of(path.toString()));
        var perl = finder.apply("perl")
                .map(path -> List.of(path.toString(), "-e", "setpgrp(0, 0); exec { $ARGV[0] } @ARGV or die", "--"));
        return setsid.or(() -> perl).orElseGet(() -> {
            LOGGER.log(
                    Level.WARNING,
                    "neither 'setsid' nor 'perl' is on the PATH: programs get no process groups of their own, and what"
                            + " they start may outlive them.");
            return List.of();
        });
    }

    private static Optional<Path> onPath(String name) {
        var path = Objects.requireNonNullElse(System.getenv("PATH"), "/usr/bin:/bin");
        return Program.found(name, Path.of("").toAbsolutePath(), path);
    }

    /// What a shell's `kill` is told to reach it.
    String target() {
        return own ? "-" + first.pid() : Long.toString(first.pid());
    }

    /// Asks all of it to end.
    void terminate() {
        signal("TERM");
    }

    /// Ends all of it, now.
    void kill() {
        signal("KILL");
        first.destroyForcibly(); // which may not have been in its group yet
    }

    private void signal(String name) {
        if (own) {
            shell("kill -" + name + " \"$1\"", target()); // with no --, which not every shell takes
            return;
        }
        Stream.concat(Stream.of(first), first.descendants()).toList().forEach(process -> {
            if (name.equals("KILL")) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
        });
    }

    /// The shell's own `kill`: a program of that name may be absent.
    private static void shell(String script, String word) {
        try {
            var process = new ProcessBuilder("/bin/sh", "-c", script, "sh", word)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            uninterrupted(process);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the process group " + word + " was not signalled: " + e);
        }
    }

    /// Waits for a process that ends by itself.
    private static void uninterrupted(Process process) {
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
