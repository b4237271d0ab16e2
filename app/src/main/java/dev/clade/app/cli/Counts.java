package dev.clade.app.cli;

import dev.clade.fault.Fault;

/// Numbers of options.
final class Counts {

    private Counts() {}

    /// @throws Fault 4155 for less than one
    static void atLeastOne(String option, int count) {
        if (count < 1) {
            throw new Fault(
                    4155, "'" + option + "' counts something.", option + " " + count + ".", "1 or more.", "raise it.");
        }
    }
}
