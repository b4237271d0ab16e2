package dev.clade.app.report;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/// Passes JSON on in such a form that it cannot leave the script element that it stands in: what could begin a tag, a
/// comment or an entity, or end a line of JavaScript, becomes an escape. In JSON these characters stand only within
/// strings, where an escape means the same.
final class ScriptWriter extends FilterWriter {

    ScriptWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int c) throws IOException {
        if (c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
            out.write("\\u%04x".formatted(c));
        } else {
            out.write(c);
        }
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            write(text[i]);
        }
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            write(text.charAt(i));
        }
    }
}
