package dev.clade.app.cli;

import dev.clade.fault.Fault;
import java.util.Optional;
import picocli.CommandLine.Option;

/// `--slots`, the same for every command that trains.
final class SlotsOption {

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "Members that train here at once (default: what the file says, else one a core).")
    private Optional<Integer> slots = Optional.empty();

    /// @throws Fault 4003 for less than one
    Optional<Integer> count() {
        slots.filter(n -> n < 1).ifPresent(n -> {
            throw new Fault(
                    4003, "nothing trains in no slot.", "--slots " + n + ".", "1 or more.", "leave --slots out.");
        });
        return slots;
    }
}
