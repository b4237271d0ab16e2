package dev.clade.app.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The examples that come with the program: they need no data, and can be run by name.
final class Examples {

    static final List<String> NAMES = List.of("compare", "quickstart");

    private Examples() {}

    /// The text of an experiment file.
    static Optional<String> find(String name) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        try (var in = Objects.requireNonNull(Examples.class.getResourceAsStream(name + ".yaml"))) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
