package dev.clade.run.command;

import java.util.regex.Pattern;

/// Where a program says how good its model is.
sealed interface Score {

    /// Under a key of the last JSON object on standard output that has it; one object a line.
    record Printed(String key) implements Score {}

    /// Under a key of a JSON file: in `${save}`, else in the working folder.
    record Written(String file, String key) implements Score {}

    /// The first group of the last match in a line of standard output.
    record Matched(Pattern pattern) implements Score {}
}
