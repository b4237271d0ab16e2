package dev.clade.app.cli;

import dev.clade.app.wire.Experiments;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The experiment that a command is about: its name and its store.
final class Named {

    @Parameters(index = "0", paramLabel = "NAME", description = "The experiment; 'clade list' shows them.")
    private String name = "";

    @Mixin
    private StoreOption store = new StoreOption();

    String name() {
        return name;
    }

    /// What is done with it while its store is open.
    @FunctionalInterface
    interface Use<T> {
        T with(Experiments.Held experiment) throws IOException;
    }

    /// @throws dev.clade.fault.Fault 4102 if there is no such experiment, 4103 if there is no store
    <T> T open(Use<T> use) throws IOException {
        try (var experiments = store.existing();
                var experiment = experiments.named(name)) {
            return use.with(experiment);
        }
    }
}
