package dev.clade.app.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/// Words of a command, written so that a POSIX shell reads the same words.
final class ShellWords {

    private static final Pattern PLAIN = Pattern.compile("[\\w%+:,./@-][\\w%+=:,./@-]*");

    private ShellWords() {}

    /// The command that this program was given, with all of its options.
    static String given(CommandSpec command) {
        var words = command.root().commandLine().getParseResult().originalArgs();
        return of(Stream.concat(Stream.of("clade"), words.stream()).toList());
    }

    static String of(List<String> words) {
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    /// A word, within quotes where it has spaces or signs of the shell.
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
