package dev.clade.space;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// When a parameter is active: every named parent is active and passes its test.
public record Condition(SortedMap<String, Test> tests) {

    public Condition {
        tests = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(tests));
    }

    /// What a parent's value must be.
    public sealed interface Test {
        record OneOf(List<Value> values) implements Test {}

        record AtLeast(double bound) implements Test {}
    }

    /// Whether it holds beside the values of parents.
    public boolean holds(SortedMap<String, Value> values) {
        return tests.entrySet().stream().allMatch(e -> {
            var value = values.get(e.getKey());
            return value != null
                    && switch (e.getValue()) {
                        case Test.OneOf one -> one.values().contains(value);
                        case Test.AtLeast least -> value.number() >= least.bound();
                    };
        });
    }

    @Override
    public String toString() {
        return tests.entrySet().stream()
                .map(e -> e.getKey()
                        + switch (e.getValue()) {
                            case Test.OneOf one -> " in " + one.values();
                            case Test.AtLeast least -> " >= " + least.bound();
                        })
                .collect(Collectors.joining(" and "));
    }
}
