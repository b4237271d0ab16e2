package dev.clade.zoo.translation;

import dev.clade.trainer.Evaluation;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// How well weights do. Nothing is drawn.
record Measuring(Data data, Network network, Weights weights) {

    private static final int TOGETHER = 50;

    /// Cross entropy.
    ///
    /// @param nats of all symbols
    /// @param symbols how many
    private record Loss(double nats, long symbols) {}

    /// `bleu` (0 to 100, greedy) and `loss` (nats a symbol, without smoothing) on the development
    /// sentences: samples of [Jackknife], so that their mean is that of all sentences.
    Evaluation validation() {
        var losses = losses(data.dev(), data.dev().size() / Data.CHUNKS);
        double nats = losses.stream().mapToDouble(Loss::nats).sum();
        long symbols = losses.stream().mapToLong(Loss::symbols).sum();
        if (!Double.isFinite(nats)) {
            return Evaluation.of("loss", nats).and("bleu", Double.NaN);
        }
        var loss = Jackknife.samples(
                nats / symbols,
                losses.stream()
                        .map(part -> (nats - part.nats) / (symbols - part.symbols))
                        .toList());
        return Evaluation.of("loss", loss).and(Evaluation.of("bleu", bleu()));
    }

    private List<Double> bleu() {
        var hypotheses = decoded(Greedy.translated(network, weights, data.dev().sources()));
        int size = data.dev().size() / Data.CHUNKS;
        var parts = IntStream.range(0, Data.CHUNKS)
                .mapToObj(i -> Bleu.of(
                        hypotheses.subList(i * size, (i + 1) * size),
                        data.dev().references().subList(i * size, (i + 1) * size)))
                .toList();
        var all = parts.stream().reduce(Bleu.NOTHING, Bleu::plus);
        return Jackknife.samples(
                all.score(), parts.stream().map(part -> all.minus(part).score()).toList());
    }

    /// `test_bleu` (beam 4) and `test_loss` on the test set, each as one number.
    Evaluation test() {
        var losses = losses(data.test(), TOGETHER);
        double loss = losses.stream().mapToDouble(Loss::nats).sum()
                / losses.stream().mapToLong(Loss::symbols).sum();
        double bleu = Double.isFinite(loss)
                ? Bleu.of(
                                decoded(Beam.REPORT.translated(
                                        network, weights, data.test().sources())),
                                data.test().references())
                        .score()
                : Double.NaN;
        return Evaluation.of("test_loss", loss).and("test_bleu", bleu);
    }

    private List<String> decoded(List<int[]> sentences) {
        return sentences.stream().map(data.vocabulary()::decode).toList();
    }

    private List<Loss> losses(Data.Held held, int together) {
        var losses = new ArrayList<Loss>();
        for (int from = 0; from < held.size(); from += together) {
            int to = Math.min(held.size(), from + together);
            losses.add(loss(held.sources().subList(from, to), held.targets().subList(from, to)));
        }
        return losses;
    }

    private Loss loss(List<int[]> sources, List<int[]> targets) {
        try (var _ = Scope.still()) {
            var loss = network.loss(weights, sources, targets, 0, Dropout.NONE);
            int symbols = targets.stream().mapToInt(target -> target.length + 1).sum();
            return new Loss(loss.item() * symbols, symbols);
        }
    }
}
