package dev.clade.run.session;

import dev.clade.fault.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields of a message from a program, each read as what it must be.
record Said(String type, ObjectNode fields) {

    /// What JSON has no number for.
    private static final List<String> NO_NUMBERS = List.of("NaN", "Infinity", "-Infinity");

    private static final long MOST = 1L << 53;

    /// @throws Fault 3503 where there is no type
    static Said of(ObjectNode fields) {
        return Optional.ofNullable(fields.get("type"))
                .filter(JsonNode::isString)
                .map(type -> new Said(type.stringValue(), fields))
                .orElseThrow(() -> Breach.unreadable("an object without a 'type'"));
    }

    private Fault wrong(String name, String expected) {
        var found = fields.get(name);
        return Breach.field(type, name, found == null ? "no such field" : found.toString(), expected);
    }

    private <T> T need(String name, String expected, Function<JsonNode, Optional<T>> as) {
        return Optional.ofNullable(fields.get(name)).flatMap(as).orElseThrow(() -> wrong(name, expected));
    }

    String text(String name) {
        return need(name, "a text", node -> node.isString() ? Optional.of(node.stringValue()) : Optional.empty());
    }

    /// A step.
    long whole(String name) {
        return whole(name, MOST - 1);
    }

    long whole(String name, long most) {
        return need(name, "a whole number from 0 to " + most, node -> whole(node, most));
    }

    private static Optional<Long> whole(JsonNode node, long most) {
        boolean is = node.isNumber()
                && node.canConvertToExactIntegral()
                && node.canConvertToLong()
                && node.longValue() >= 0
                && node.longValue() <= most;
        return is ? Optional.of(node.longValue()) : Optional.empty();
    }

    int lane() {
        return (int) whole("lane", Integer.MAX_VALUE);
    }

    OptionalInt laneIfAny() {
        var node = fields.get("lane");
        return node == null || node.isNull() ? OptionalInt.empty() : OptionalInt.of(lane());
    }

    List<Integer> versions(String name) {
        return list(
                name,
                "a list of whole numbers",
                node -> whole(node, Integer.MAX_VALUE).map(Long::intValue));
    }

    SortedSet<String> words(String name) {
        return new TreeSet<>(this.<String>list(
                name, "a list of words", node -> node.isString() ? Optional.of(node.stringValue()) : Optional.empty()));
    }

    private <T> List<T> list(String name, String expected, Function<JsonNode, Optional<T>> as) {
        return need(name, expected, node -> all(node, as));
    }

    /// The items of a list, if each of them is what it must be.
    private static <T> Optional<List<T>> all(JsonNode node, Function<JsonNode, Optional<T>> as) {
        if (!(node instanceof ArrayNode array)) {
            return Optional.empty();
        }
        var items = new ArrayList<T>();
        for (var item : array) {
            var one = as.apply(item);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            items.add(one.get());
        }
        return Optional.of(items);
    }

    <E extends Enum<E>> E choice(String name, Class<E> among) {
        var all = Arrays.asList(Objects.requireNonNull(among.getEnumConstants()));
        var said = text(name);
        return all.stream()
                .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(said))
                .findFirst()
                .orElseThrow(() -> wrong(
                        name,
                        "one of "
                                + String.join(
                                        ", ",
                                        all.stream()
                                                .map(e -> e.name().toLowerCase(Locale.ROOT))
                                                .toList())));
    }

    SortedMap<String, JsonNode> object(String name) {
        return each(name, "an object", Optional::of);
    }

    /// Numbers by name; none where there is no such field.
    SortedMap<String, Double> numbers(String name) {
        return fields.has(name) ? each(name, "numbers by name", Said::number) : new TreeMap<>();
    }

    /// One number or several, at least one, by name.
    SortedMap<String, List<Double>> samples(String name) {
        return each(
                name,
                "by name, a number or a list of at least one",
                node -> number(node)
                        .map(List::of)
                        .or(() -> all(node, Said::number).filter(l -> !l.isEmpty())));
    }

    private <T> SortedMap<String, T> each(String name, String expected, Function<JsonNode, Optional<T>> as) {
        if (!(fields.get(name) instanceof ObjectNode object)) {
            throw wrong(name, expected);
        }
        var entries = new TreeMap<String, T>();
        for (var entry : object.properties()) {
            entries.put(entry.getKey(), as.apply(entry.getValue()).orElseThrow(() -> wrong(name, expected)));
        }
        return entries;
    }

    /// A whole number that is too large for a double is infinite, as one with an exponent is.
    static double real(JsonNode node) {
        return node.isBigInteger() ? node.bigIntegerValue().doubleValue() : node.doubleValue();
    }

    /// A number, or a word for one that JSON does not have.
    static Optional<Double> number(JsonNode node) {
        if (node.isNumber()) {
            return Optional.of(real(node));
        }
        return node.isString() && NO_NUMBERS.contains(node.stringValue())
                ? Optional.of(Double.parseDouble(node.stringValue()))
                : Optional.empty();
    }
}
