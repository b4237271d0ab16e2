package dev.clade.app.cli;

import picocli.CommandLine.Option;

/// `--format`, the same for every listing.
final class FormatOption {

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            converter = Format.Reader.class,
            description = "table (default), json or yaml.")
    private Format format = Format.TABLE;

    Format format() {
        return format;
    }
}
