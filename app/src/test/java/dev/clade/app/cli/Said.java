package dev.clade.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a command said, and its exit status.
record Said(int status, String out, String err) {

    /// Runs a command in this process.
    static Said by(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = Main.execute(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Said(status, out.toString().replace(System.lineSeparator(), "\n"), err.toString());
    }

    /// The URL of a store in a folder.
    static String store(Path folder) {
        return "sqlite:///" + folder.resolve("clade.db").toAbsolutePath();
    }

    /// An experiment file of this content.
    static Path file(Path folder, String content) throws IOException {
        return Files.writeString(folder.resolve("experiment.yaml"), content);
    }

    /// Runs an experiment to its end.
    static Said run(Path folder, String content, String... more) throws IOException {
        var arguments = new String[6 + more.length];
        arguments[0] = "run";
        arguments[1] = file(folder, content).toString();
        arguments[2] = "--store";
        arguments[3] = store(folder);
        arguments[4] = "--slots";
        arguments[5] = "1";
        System.arraycopy(more, 0, arguments, 6, more.length);
        return by(arguments);
    }

    /// A population that is done in no time.
    static final String TINY = """
            name: tiny
            metric: score
            population: 5
            control: 1
            budget: {steps: 40}
            ready: {every: 10}
            exploit: {truncation: 0.25}
            parameters:
              gain: {loguniform: [1e-3, 1]}
              kind: {choice: [adam, sgd]}
              momentum: {uniform: [0, 0.9], when: {kind: sgd}}
            trainer: {toy: sleeper, step: 0ms}
            seed: 3
            """;
}
