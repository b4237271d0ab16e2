package dev.clade.app.cli;

import dev.clade.app.wire.Experiments;
import java.util.Optional;
import picocli.CommandLine.Option;

/// `--store`, the same for every command.
final class StoreOption {

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "Where experiments are kept (default: CLADE_STORE, else " + Experiments.DEFAULT_STORE + ").")
    private Optional<String> store = Optional.empty();

    Optional<String> url() {
        return store;
    }

    Experiments existing() {
        return Experiments.existing(store);
    }
}
