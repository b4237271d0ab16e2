package dev.clade.app.report;

import dev.clade.fault.Fault;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// A page that is built in `web/`. Its data goes into a script element that is never executed.
///
/// @param template its file among the resources
/// @param command that writes it, for the fault where it cannot be written
record Page(String template, String command) {

    /// Where the data goes. It stands in the built page exactly once.
    private static final String PLACEHOLDER = "/*CLADE_DATA*/";

    /// Writes one JSON object that may stand in a script element.
    @FunctionalInterface
    interface Data {
        void write(Writer to) throws IOException;
    }

    /// Writes it to a file, whole or not at all.
    ///
    /// @throws Fault 4301 if it cannot be written
    void write(Data data, Path to) {
        var target = to.toAbsolutePath();
        Optional<Path> draft = Optional.empty();
        try {
            var folder = Objects.requireNonNullElse(target.getParent(), target);
            Files.createDirectories(folder);
            draft = Optional.of(folder.resolve("." + UUID.randomUUID() + ".html"));
            try (var out = new OutputStreamWriter(Files.newOutputStream(draft.get()), StandardCharsets.UTF_8)) {
                write(data, out);
            }
            Files.move(draft.get(), target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            remove(draft);
            throw new Fault(
                            4301,
                            "the report cannot be written to " + to + ".",
                            e + ".",
                            "a file name in a folder that can be written to.",
                            "say where: " + command + ".")
                    .causedBy(e);
        }
    }

    void write(Data data, Writer to) throws IOException {
        var page = page();
        int place = page.indexOf(PLACEHOLDER);
        to.write(page, 0, place);
        data.write(to);
        to.write(page, place + PLACEHOLDER.length(), page.length() - place - PLACEHOLDER.length());
        to.flush();
    }

    private String page() throws IOException {
        try (var in = Objects.requireNonNull(Page.class.getResourceAsStream(template), template)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void remove(Optional<Path> draft) {
        try {
            if (draft.isPresent()) {
                Files.deleteIfExists(draft.get());
            }
        } catch (IOException e) {
            // What could not be written matters, not what is left of it.
        }
    }
}
