package dev.clade.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Runs the checkout's shell scripts in a made-up world: an environment of nothing but what a test says, and JDKs that
/// are folders.
final class Scripts {

    /// The top of the checkout.
    static final Path TOP = Path.of("").toAbsolutePath().getParent();

    /// How a script ended.
    record End(int code, String out, String err) {}

    private Scripts() {}

    static End run(Path folder, Map<String, String> environment, String... command) {
        return end(start(folder, environment, command));
    }

    static Process start(Path folder, Map<String, String> environment, String... command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Waits; what a script says must fit into a pipe.
    static End end(Process process) {
        try {
            var code = process.waitFor();
            return new End(
                    code,
                    new String(process.getInputStream().readAllBytes()),
                    new String(process.getErrorStream().readAllBytes()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    /// A folder that looks like a JDK of `version`.
    static Path jdk(Path folder, String version) {
        write(
                folder.resolve("release"),
                "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        program(folder.resolve("bin/java"), "exit 0");
        program(folder.resolve("bin/javac"), "exit 0");
        return folder;
    }

    static void program(Path file, String body) {
        write(file, "#!/bin/sh\n" + body + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IllegalStateException("cannot make " + file + " executable");
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
