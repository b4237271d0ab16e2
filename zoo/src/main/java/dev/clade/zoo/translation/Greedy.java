package dev.clade.zoo.translation;

import dev.clade.zoo.tensor.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Translation by the likeliest next symbol.
final class Greedy {

    private Greedy() {}

    static List<int[]> translated(Network network, Weights weights, List<int[]> sources) {
        return Groups.of(
                sources,
                some -> together(
                        network, weights, some.stream().map(sources::get).toList()));
    }

    private static List<int[]> together(Network network, Weights weights, List<int[]> sources) {
        var targets =
                sources.stream().map(source -> new Target(Writing.most(source))).toList();
        try (var writing = new Writing(network, weights, sources)) {
            var rows = targets;
            while (rows.stream().anyMatch(Target::open)) {
                rows = closed(rows, writing);
                var likeliest = writing.next(
                        rows.stream().mapToLong(Target::last).toArray(),
                        scores -> scores.argmax(1).longs());
                for (int row = 0; row < rows.size(); row++) {
                    rows.get(row).add((int) likeliest[row]);
                }
            }
        }
        return targets.stream().map(Target::symbols).toList();
    }

    /// Those that are open, once a quarter is not: to drop a row costs a copy of the others.
    private static List<Target> closed(List<Target> rows, Writing writing) {
        var open = IntStream.range(0, rows.size())
                .filter(row -> rows.get(row).open())
                .toArray();
        if (open.length * 4 > rows.size() * 3) {
            return rows;
        }
        writing.select(open);
        return Arrays.stream(open).mapToObj(rows::get).toList();
    }

    /// One target as far as it is written.
    private static final class Target {

        private final List<Integer> symbols = new ArrayList<>();
        private final int most;
        private int last = Vocabulary.BEGIN;

        Target(int most) {
            this.most = most;
        }

        boolean open() {
            return last != Vocabulary.END && symbols.size() < most;
        }

        int last() {
            return last;
        }

        void add(int symbol) {
            if (open()) {
                last = symbol;
                if (symbol != Vocabulary.END) {
                    symbols.add(symbol);
                }
            }
        }

        int[] symbols() {
            return symbols.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
