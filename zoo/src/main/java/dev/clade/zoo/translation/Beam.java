package dev.clade.zoo.translation;

import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Translation by beam search: of each source the `size` likeliest beginnings are kept, and of the endings
/// that were found the best is taken, by `log P / lp`, `lp = ((5 + length) / 6)^alpha` (Wu et al. 2016,
/// arXiv 1609.08144, section 7, without coverage). A source is done when `size` endings were among its
/// likeliest.
///
/// @param size at least 1; 1 is what [Greedy] does
/// @param alpha 0 takes the likeliest, more prefers longer ones
record Beam(int size, double alpha) {

    /// Vaswani et al. 2017, section 6.1.
    static final Beam REPORT = new Beam(4, 0.6);

    List<int[]> translated(Network network, Weights weights, List<int[]> sources) {
        return Groups.of(
                sources,
                some -> searched(
                        network, weights, some.stream().map(sources::get).toList()));
    }

    private List<int[]> searched(Network network, Weights weights, List<int[]> sources) {
        var searches = sources.stream()
                .map(source -> new Search(size, alpha, Writing.most(source)))
                .toList();
        try (var writing = new Writing(network, weights, sources)) {
            var open = searches;
            while (true) {
                step(writing, open);
                var rows = rows(open);
                open = open.stream().filter(Search::open).toList();
                if (open.isEmpty()) {
                    return searches.stream().map(Search::best).toList();
                }
                writing.select(rows);
            }
        }
    }

    /// The rows that the beginnings of open searches continue, search by search.
    private static int[] rows(List<Search> searches) {
        var rows = IntStream.builder();
        int first = 0;
        for (var search : searches) {
            if (search.open()) {
                for (var hypothesis : search.live) {
                    rows.add(first + hypothesis.row);
                }
            }
            first += search.rows;
        }
        return rows.build().toArray();
    }

    /// All searches have as many rows.
    private void step(Writing writing, List<Search> open) {
        var live = open.stream().flatMap(search -> search.live.stream()).toList();
        var scores = new float[live.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) live.get(i).score;
        }
        int rows = live.size() / open.size();
        writing.next(live.stream().mapToLong(Hypothesis::symbol).toArray(), logits -> {
            int vocabulary = Math.toIntExact(logits.shape().get(1));
            int count = Math.min(2 * size, rows * vocabulary);
            var best = logits.logSoftmax(1)
                    .plus(Tensor.of(scores, scores.length, 1))
                    .reshape(open.size(), (long) rows * vocabulary)
                    .largest(count);
            var values = best.values().floats();
            var places = best.places().longs();
            for (int i = 0; i < open.size(); i++) {
                open.get(i).go(values, places, i * count, count, vocabulary);
            }
            return open;
        });
    }

    /// A beginning.
    ///
    /// @param row of the beginning that it continues, among those of its source
    /// @param score `log P`
    private record Hypothesis(@Nullable Hypothesis before, int row, int symbol, double score, int length) {

        int[] symbols() {
            var symbols = new int[length];
            var at = this;
            for (int i = length - 1; i >= 0 && at != null; i--) {
                symbols[i] = at.symbol;
                at = at.before;
            }
            return symbols;
        }
    }

    /// The search for one target.
    private static final class Search {

        private final int size;
        private final double alpha;
        private final int most;
        private List<Hypothesis> live = List.of(new Hypothesis(null, 0, Vocabulary.BEGIN, 0, 0));
        private int rows = 1;
        private int endings;
        private double highest = Double.NEGATIVE_INFINITY;
        private @Nullable Hypothesis best;

        Search(int size, double alpha, int most) {
            this.size = size;
            this.alpha = alpha;
            this.most = most;
        }

        boolean open() {
            return endings < size && live.getFirst().length < most;
        }

        /// Takes the likeliest continuations, in falling order: those that end and those that do not.
        void go(float[] values, long[] places, int from, int count, int vocabulary) {
            var next = new ArrayList<Hypothesis>();
            for (int i = 0; i < count && next.size() < size; i++) {
                int row = (int) (places[from + i] / vocabulary);
                int symbol = (int) (places[from + i] % vocabulary);
                var before = live.get(row);
                if (symbol != Vocabulary.END) {
                    next.add(new Hypothesis(before, row, symbol, values[from + i], before.length + 1));
                } else if (i < size) {
                    endings++;
                    end(before, values[from + i]);
                }
            }
            rows = live.size();
            live = next;
        }

        /// The mark of the end counts as a symbol.
        private void end(Hypothesis hypothesis, double score) {
            double value = score / Math.pow((5 + hypothesis.length + 1) / 6.0, alpha);
            if (best == null || value > highest) {
                best = hypothesis;
                highest = value;
            }
        }

        /// The best that ended; if none did, the likeliest as far as it is written.
        int[] best() {
            return Optional.ofNullable(best).orElseGet(() -> live.getFirst()).symbols();
        }
    }
}
