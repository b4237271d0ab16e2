package dev.clade.run.session;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// The values that a program says are in force. JSON does not tell 1 from 1.0: a number is of the type that was asked
/// for, where it can be.
final class Receipts {

    private Receipts() {}

    /// What was said of the values that were asked for. What says no value is left out, so that it is missed.
    ///
    /// @param optional whether what was not spoken of counts as in force
    static Hyperparameters read(Hyperparameters asked, SortedMap<String, JsonNode> said, boolean optional) {
        var values = new TreeMap<String, Value>();
        if (optional) {
            values.putAll(asked.active());
            values.keySet().removeAll(said.keySet());
        }
        asked.active()
                .forEach((name, value) -> Optional.ofNullable(said.get(name))
                        .flatMap(node -> value(Optional.of(value), node))
                        .ifPresent(found -> values.put(name, found)));
        return new Hyperparameters(values);
    }

    private static Optional<Value> value(Optional<Value> asked, JsonNode node) {
        if (node.isBoolean()) {
            return Optional.of(new Value.Flag(node.booleanValue()));
        }
        if (node.isString()) {
            return Optional.of(new Value.Text(node.stringValue()));
        }
        if (node instanceof ArrayNode array) {
            return vector(asked, array);
        }
        return node.isNumber() ? Optional.of(number(asked, node)) : Optional.empty();
    }

    private static Optional<Value> vector(Optional<Value> asked, ArrayNode array) {
        var elements = new ArrayList<Value>();
        for (int i = 0; i < array.size(); i++) {
            var found = value(element(asked, i), array.get(i));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            elements.add(found.get());
        }
        return Optional.of(new Value.Vector(elements));
    }

    private static Optional<Value> element(Optional<Value> asked, int i) {
        return asked.filter(a -> a instanceof Value.Vector v && i < v.elements().size())
                .map(a -> ((Value.Vector) a).elements().get(i));
    }

    private static Value number(Optional<Value> asked, JsonNode node) {
        boolean whole = node.canConvertToExactIntegral() && node.canConvertToLong();
        boolean real = asked.filter(Value.Real.class::isInstance).isPresent();
        if (whole && !real) {
            return new Value.Whole(node.longValue());
        }
        double number = Said.real(node);
        return Double.isFinite(number) ? new Value.Real(number) : new Value.Text(node.toString());
    }
}
