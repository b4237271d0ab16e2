package dev.clade.app.cli;

import dev.clade.population.CheckpointId;
import dev.clade.population.MemberId;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What a command found out, for programs: named fields in an order, written as JSON or YAML. Numbers that are not
/// finite are the words `nan`, `inf` and `-inf`, as in the log; what there is none of is null.
final class Document {

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    /// @param value a word, a number, a flag, a time, an identity, a hyperparameter, another document, an optional or
    ///     a collection of these
    Document with(String name, Object value) {
        fields.put(name, plain(value));
        return this;
    }

    private static @Nullable Object plain(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.isPresent() ? plain(optional.get()) : null;
            case Document document -> document.fields;
            case Collection<?> list -> list.stream().map(Document::plain).toList();
            case Double real when !Double.isFinite(real) -> Text.number(real);
            case Number number -> number;
            case Boolean flag -> flag;
            case MemberId member -> member.index();
            case CheckpointId checkpoint -> checkpoint.digest();
            case Hyperparameters values -> of(values.active()).fields;
            case Value.Real real -> real.value();
            case Value.Whole whole -> whole.value();
            case Value.Flag flag -> flag.value();
            case Value.Vector vector ->
                vector.elements().stream().map(Document::plain).toList();
            case Value.Text text -> text.value();
            case Instant at -> at.toString();
            default -> value.toString();
        };
    }

    /// A document with a field for each entry.
    static Document of(Map<String, ?> entries) {
        var document = new Document();
        entries.forEach((name, value) -> document.with(name, value));
        return document;
    }

    String json() {
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(fields)
                + "\n";
    }

    String yaml() {
        var settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.AUTO)
                .setWidth(120)
                .setDereferenceAliases(true)
                .build();
        return new Dump(settings).dumpToString(fields);
    }

    /// Writes it in a format for programs.
    void print(PrintWriter out, Format format) {
        out.print(
                switch (format) {
                    case JSON -> json();
                    case YAML -> yaml();
                    case TABLE -> throw new IllegalArgumentException("a document is no table");
                });
        out.flush();
    }
}
