package dev.clade.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Simpler values to try instead of one that breaks a law, the simplest first. Each must be strictly simpler, or
/// shrinking would not end.
@FunctionalInterface
public interface Shrinker<T> {

    Stream<T> simpler(T value);

    static <T> Shrinker<T> none() {
        return value -> Stream.empty();
    }

    /// Towards zero by halves: 100 tries 0, 50, 75, 88, 94, 97, 99.
    static Shrinker<Long> integer() {
        return value -> Stream.iterate(value, gap -> gap != 0, gap -> gap / 2).map(gap -> value - gap);
    }

    /// To zero, to the whole part, then towards zero by halves, down to 1e-9.
    static Shrinker<Double> number() {
        return value -> Stream.of(0.0, (double) value.longValue(), value / 2)
                .filter(simpler -> Math.abs(simpler) < Math.abs(value) && (simpler == 0 || Math.abs(simpler) > 1e-9))
                .distinct();
    }

    /// First without some elements (all of them, then half, down to one), then with simpler ones.
    static <T> Shrinker<List<T>> list(Shrinker<T> element) {
        return value -> Stream.concat(
                Stream.iterate(value.size(), length -> length > 0, length -> length / 2)
                        .flatMap(length -> without(value, length)),
                elementwise(value, element));
    }

    private static <T> Stream<List<T>> without(List<T> value, int length) {
        return Stream.iterate(0, from -> from + length <= value.size(), from -> from + length)
                .map(from -> {
                    var rest = new ArrayList<>(value.subList(0, from));
                    rest.addAll(value.subList(from + length, value.size()));
                    return List.copyOf(rest);
                });
    }

    private static <T> Stream<List<T>> elementwise(List<T> value, Shrinker<T> element) {
        return Stream.iterate(0, i -> i < value.size(), i -> i + 1)
                .flatMap(i -> element.simpler(value.get(i)).map(simpler -> {
                    var changed = new ArrayList<>(value);
                    changed.set(i, simpler);
                    return List.copyOf(changed);
                }));
    }
}
