package dev.clade.app.report;

import dev.clade.space.Value;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Writes JSON as the page reads it: absent things are null, and so are numbers that JSON cannot hold.
final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// The largest whole number up to which JavaScript has them all.
    private static final long EXACT = 1L << 53;

    private final JsonGenerator to;

    private Json(JsonGenerator to) {
        this.to = to;
    }

    /// Something that writes values.
    @FunctionalInterface
    interface Part {
        void write(Json json);
    }

    /// Writes one object.
    static void write(Writer to, Part members) throws IOException {
        try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), to)) {
            var json = new Json(generator);
            generator.writeStartObject();
            members.write(json);
            generator.writeEndObject();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    // ---- members of an object

    Json text(String name, String value) {
        to.writeStringProperty(name, value);
        return this;
    }

    Json text(String name, Optional<String> value) {
        to.writeName(name);
        value.ifPresentOrElse(to::writeString, to::writeNull);
        return this;
    }

    Json flag(String name, boolean value) {
        to.writeBooleanProperty(name, value);
        return this;
    }

    Json whole(String name, long value) {
        to.writeNumberProperty(name, value);
        return this;
    }

    /// A whole number of any size: a text where JavaScript would round it.
    Json large(String name, long value) {
        return Math.abs(value) <= EXACT ? whole(name, value) : text(name, Long.toString(value));
    }

    Json whole(String name, Optional<? extends Number> value) {
        to.writeName(name);
        value.ifPresentOrElse(v -> to.writeNumber(v.longValue()), to::writeNull);
        return this;
    }

    Json real(String name, double value) {
        to.writeName(name);
        number(value);
        return this;
    }

    Json real(String name, Optional<Double> value) {
        return real(name, value.orElse(Double.NaN));
    }

    /// Seconds.
    Json time(String name, Duration value) {
        return real(name, seconds(value));
    }

    Json time(String name, Optional<Duration> value) {
        return real(name, value.map(Json::seconds));
    }

    Json reals(String name, List<Double> values) {
        to.writeArrayPropertyStart(name);
        values.forEach(this::number);
        to.writeEndArray();
        return this;
    }

    Json value(String name, Optional<Value> value) {
        to.writeName(name);
        value.ifPresentOrElse(this::value, to::writeNull);
        return this;
    }

    Json object(String name, Part members) {
        to.writeObjectPropertyStart(name);
        members.write(this);
        to.writeEndObject();
        return this;
    }

    <T> Json object(String name, Optional<T> what, java.util.function.BiConsumer<Json, T> members) {
        if (what.isEmpty()) {
            to.writeNullProperty(name);
            return this;
        }
        return object(name, json -> members.accept(json, what.get()));
    }

    <T> Json objects(String name, Iterable<T> items, java.util.function.BiConsumer<Json, T> members) {
        to.writeArrayPropertyStart(name);
        for (var item : items) {
            to.writeStartObject();
            members.accept(this, item);
            to.writeEndObject();
        }
        to.writeEndArray();
        return this;
    }

    Json list(String name, Part items) {
        to.writeArrayPropertyStart(name);
        items.write(this);
        to.writeEndArray();
        return this;
    }

    Json nothing(String name) {
        to.writeNullProperty(name);
        return this;
    }

    // ---- items of a list

    void value(Optional<Value> value) {
        value.ifPresentOrElse(this::value, to::writeNull);
    }

    void value(Value value) {
        switch (value) {
            case Value.Real real -> number(real.value());
            case Value.Whole whole -> to.writeNumber(whole.value());
            case Value.Flag flag -> to.writeBoolean(flag.value());
            case Value.Text text -> to.writeString(text.value());
            case Value.Vector vector -> {
                to.writeStartArray();
                vector.elements().forEach(this::value);
                to.writeEndArray();
            }
        }
    }

    private void number(double value) {
        if (Double.isFinite(value)) {
            to.writeNumber(value);
        } else {
            to.writeNull();
        }
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
