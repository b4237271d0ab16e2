package dev.clade.space;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The active values of a member, by name. A parameter that is not active under its `when` is absent.
public record Hyperparameters(SortedMap<String, Value> active) {

    public static final Hyperparameters NONE = new Hyperparameters(new TreeMap<>());

    public Hyperparameters {
        active = Collections.unmodifiableSortedMap(new TreeMap<>(active));
    }

    public Optional<Value> find(String name) {
        return Optional.ofNullable(active.get(name));
    }

    private Value need(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no hyperparameter '" + name + "' is active; active are " + active.keySet()));
    }

    /// The number of this name; whole numbers are numbers too.
    public double real(String name) {
        return need(name).number();
    }

    /// The number of this name, or a default where the parameter is not part of the space.
    public double real(String name, double otherwise) {
        return find(name).map(Value::number).orElse(otherwise);
    }

    public long whole(String name) {
        return need(name) instanceof Value.Whole whole ? whole.value() : (long) real(name);
    }

    public String text(String name) {
        return need(name).toString();
    }

    /// The elements of a vector; a plain value is a vector of one.
    public List<Double> vector(String name) {
        return need(name) instanceof Value.Vector vector
                ? vector.elements().stream().map(Value::number).toList()
                : List.of(real(name));
    }

    /// The same values with one set.
    public Hyperparameters with(String name, Value value) {
        var changed = new TreeMap<>(active);
        changed.put(name, value);
        return new Hyperparameters(changed);
    }

    /// The names whose values differ between this and another, absent ones included.
    public SortedSet<String> differing(Hyperparameters other) {
        var names = new TreeSet<>(active.keySet());
        names.addAll(other.active.keySet());
        names.removeIf(name -> find(name).equals(other.find(name)));
        return names;
    }

    @Override
    public String toString() {
        return active.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
    }
}
