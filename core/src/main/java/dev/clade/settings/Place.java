package dev.clade.settings;

/// Where a setting was written. Lines and columns count from 1; 0 where there is no text.
public record Place(String source, int line, int column) {

    /// No text: a setting that was built by a program.
    public static final Place PROGRAM = new Place("program", 0, 0);

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
