package dev.clade.zoo.tensor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another Java process with this one's class path: for what a library decides once, when it is loaded.
public final class Child {

    private Child() {}

    /// The lines that a program printed.
    static List<String> run(Class<?> program, String... options) throws IOException, InterruptedException {
        return run(program, List.of(), options);
    }

    /// The lines that a program printed, given arguments.
    public static List<String> run(Class<?> program, List<String> arguments, String... options)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(program + " ended with " + process.exitValue() + ": " + said);
        }
        return said.lines().toList();
    }
}
