package dev.clade.run.process;

import dev.clade.fault.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A program to be started: with no shell, its words as they are.
///
/// @param argv the program and its words; a program without a slash is looked for on the environment's PATH
/// @param folder that it runs in
/// @param environment all of its variables
public record Program(List<String> argv, Path folder, SortedMap<String, String> environment) {

    private static final String PATH = "PATH";
    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    /// Waits until Clade has noted which group this is: a program is never at work while nobody would end it.
    private static final String GATE = "read -r CLADE_GATE && unset CLADE_GATE && exec \"$@\" </dev/null";

    public Program {
        argv = List.copyOf(argv);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /// The file that would be started.
    ///
    /// @throws Fault 3520 where there is none
    public Path executable() {
        var name = argv.getFirst();
        return found(name, folder, environment.getOrDefault(PATH, USUAL_PATH)).orElseThrow(this::missing);
    }

    static Optional<Path> found(String name, Path folder, String path) {
        if (name.contains("/")) {
            return Optional.of(folder.resolve(name)).filter(Program::runs);
        }
        for (var entry : path.split(":")) {
            var file = folder.resolve(entry).resolve(name);
            if (!name.isEmpty() && runs(file)) {
                return Optional.of(file.toAbsolutePath());
            }
        }
        return Optional.empty();
    }

    private static boolean runs(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private Fault missing() {
        var name = argv.getFirst();
        boolean there = name.contains("/") && Files.exists(folder.resolve(name));
        return new Fault(
                3520,
                "the program '" + name + "' cannot be started.",
                there
                        ? folder.resolve(name) + " is no file that may be executed."
                        : "no such program, in " + folder
                                + (name.contains("/")
                                        ? "."
                                        : " with PATH=" + environment.getOrDefault(PATH, USUAL_PATH) + "."),
                "a program that is installed here.",
                there
                        ? "'chmod +x' it, or name its interpreter before it."
                        : name.equals("python")
                                ? "write 'python3', or activate the environment that has 'python'."
                                : "install it, write its whole path, or set PATH under 'environment'.");
    }

    /// Starts it, in a process group of its own. What it prints goes to `output`.
    ///
    /// @throws Fault 3520 where there is no such program
    /// @throws IOException where the system starts no process
    public Running start(Output output) throws IOException {
        return start(output, (bytes, count) -> {});
    }

    /// The same, for those who listen to what it prints on the standard output.
    public Running start(Output output, Ear ear) throws IOException {
        var command = new ArrayList<>(Group.prefix());
        command.addAll(List.of("/bin/sh", "-c", GATE, "clade"));
        command.addAll(oddlyNamed());
        command.add(executable().toString());
        command.addAll(argv.subList(1, argv.size()));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        var running = new Running(process, output, ear);
        try (var gate = process.getOutputStream()) {
            open(gate);
        }
        return running;
    }

    private static void open(OutputStream gate) {
        try {
            gate.write('\n');
            gate.flush();
        } catch (IOException e) {
            // it has ended already: whoever waits for it will see
        }
    }

    /// Shells drop variables whose names are none in a shell; these are handed over behind its back.
    private List<String> oddlyNamed() {
        var odd = environment.entrySet().stream()
                .filter(e -> !e.getKey().matches("[A-Za-z_][A-Za-z0-9_]*"))
                .map(Program::assignment)
                .toList();
        if (odd.isEmpty()) {
            return List.of();
        }
        var words = new ArrayList<>(List.of("/usr/bin/env"));
        words.addAll(odd);
        return words;
    }

    private static String assignment(Map.Entry<String, String> variable) {
        return variable.getKey() + "=" + variable.getValue();
    }
}
