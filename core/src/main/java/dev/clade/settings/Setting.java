package dev.clade.settings;

import dev.clade.fault.Fault;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// A node of a tree of settings. Two trees are equal when they say the same, wherever they were written.
public sealed interface Setting {

    Place place();

    /// A word, a number, a duration or a flag, as it was written. `quoted` keeps `"32"` a text and `32` a number.
    record Scalar(String text, boolean quoted, Place place) implements Setting {

        @Override
        public boolean equals(Object other) {
            return other instanceof Scalar that && text.equals(that.text) && quoted == that.quoted;
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @Override
        public String toString() {
            return quoted ? '"' + text + '"' : text;
        }
    }

    /// Settings in an order.
    record Listing(List<Setting> items, Place place) implements Setting {

        public Listing {
            items = List.copyOf(items);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Listing that && items.equals(that.items);
        }

        @Override
        public int hashCode() {
            return items.hashCode();
        }

        @Override
        public String toString() {
            return items.stream().map(Setting::toString).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /// Settings by name, in the order in which they were written. The order does not count for equality.
    record Mapping(SequencedMap<String, Setting> entries, Place place) implements Setting {

        public Mapping {
            entries = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
        }

        /// The same mapping with one entry set.
        public Mapping with(String name, Setting value) {
            var changed = new LinkedHashMap<>(entries);
            changed.put(name, value);
            return new Mapping(changed, place);
        }

        /// The same mapping without one entry.
        public Mapping without(String name) {
            var changed = new LinkedHashMap<>(entries);
            changed.remove(name);
            return new Mapping(changed, place);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Mapping that && entries.equals(that.entries);
        }

        @Override
        public int hashCode() {
            return entries.hashCode();
        }

        @Override
        public String toString() {
            return entries.entrySet().stream()
                    .map(e -> e.getKey() + ": " + e.getValue())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
    }

    static Scalar word(String text) {
        return new Scalar(text, false, Place.PROGRAM);
    }

    static Scalar text(String text) {
        return new Scalar(text, true, Place.PROGRAM);
    }

    static Scalar number(double value) {
        return word(
                value == Math.rint(value) && Math.abs(value) < 1e15
                        ? Long.toString((long) value)
                        : Double.toString(value));
    }

    static Listing list(List<? extends Setting> items) {
        return new Listing(List.copyOf(items), Place.PROGRAM);
    }

    static Mapping map(Map<String, ? extends Setting> entries) {
        return new Mapping(new LinkedHashMap<>(entries), Place.PROGRAM);
    }

    static Mapping map(String name, Setting value) {
        return map(Map.of(name, value));
    }

    /// The text of a scalar.
    default String asText() {
        return switch (this) {
            case Scalar scalar -> scalar.text();
            case Listing list -> throw wrong("a list", "one word");
            case Mapping map -> throw wrong("a mapping", "one word");
        };
    }

    /// A finite number: `7`, `.5`, `1e6`, `1_000_000`, `20k`, `2M`, `5%`.
    default double asReal() {
        return Numbers.real(this);
    }

    /// A whole number, in any of the notations of [#asReal()].
    default long asWhole() {
        double value = asReal();
        if (value != Math.rint(value)) {
            throw wrong(asText(), "a whole number");
        }
        if (Math.abs(value) > 0x1.0p53) {
            throw wrong(asText(), "a whole number of at most 9007199254740992");
        }
        return (long) value;
    }

    /// A whole number of at least `least`.
    default int asCount(int least) {
        long value = asWhole();
        if (value < least || value > Integer.MAX_VALUE) {
            throw wrong(asText(), "a whole number of at least " + least);
        }
        return (int) value;
    }

    /// A number within `[low, high]`.
    default double asReal(double low, double high) {
        double value = asReal();
        if (value < low || value > high) {
            throw wrong(asText(), "a number from " + Numbers.plain(low) + " to " + Numbers.plain(high));
        }
        return value;
    }

    /// `true` or `false`.
    default boolean asFlag() {
        return switch (asText()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(asText(), "true or false");
        };
    }

    /// A duration: `250ms`, `90s`, `30m`, `2h`, `1d`, or a bare number of seconds.
    default Duration asDuration() {
        return Numbers.duration(this);
    }

    /// A duration in which something can happen.
    default Duration asTime() {
        var time = asDuration();
        if (time.isZero()) {
            throw wrong(asText(), "a duration of more than nothing, such as 90s");
        }
        return time;
    }

    /// The items of a list; a scalar or a mapping is a list of one.
    default List<Setting> asList() {
        return this instanceof Listing list ? list.items() : List.of(this);
    }

    /// The entries by name.
    default Mapping asMapping() {
        return switch (this) {
            case Mapping map -> map;
            case Scalar scalar -> throw wrong(scalar.text(), "a mapping (name: value)");
            case Listing list -> throw wrong("a list", "a mapping (name: value)");
        };
    }

    /// A fault at this place: this setting is not what it should be.
    default Fault wrong(String found, String expected) {
        return new Fault(
                1001,
                place() + " is not what it should be.",
                found.isEmpty() ? "nothing" : found,
                expected + ".",
                "correct it there.");
    }
}
