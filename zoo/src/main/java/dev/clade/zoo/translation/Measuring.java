package dev.clade.zoo.translation;

import dev.clade.trainer.Evaluation;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// How well weights do. Nothing is drawn.
record Measuring(Data data, Network network, Weights weights) {

    /// Cross entropy.
    ///
    /// @param nats of all symbols
    /// @param symbols how many
    private record Loss(double nats, long symbols) {

        static final Loss NOTHING = new Loss(0, 0);

        Loss plus(Loss other) {
            return new Loss(nats + other.nats, symbols + other.symbols);
        }

        Loss minus(Loss other) {
            return new Loss(nats - other.nats, symbols - other.symbols);
        }

        double mean() {
            return nats / symbols;
        }
    }

    /// `bleu` (0 to 100, greedy) and `loss` (nats a symbol, without smoothing) on the development
    /// sentences: samples of [Jackknife], so that their mean is that of all sentences.
    Evaluation validation() {
        var losses = losses(data.dev());
        double loss = sum(losses).mean();
        return Double.isFinite(loss)
                ? Evaluation.of("loss", samples(losses, Measuring::sum, Loss::minus, Loss::mean))
                        .and(Evaluation.of("bleu", samples(bleu(), Measuring::total, Bleu::minus, Bleu::score)))
                : Evaluation.of("loss", loss).and("bleu", loss);
    }

    /// Of a number of all sentences, one for each part of them.
    private static <T> List<Double> samples(
            List<T> sentences, Function<List<T>, T> sum, BinaryOperator<T> minus, ToDoubleFunction<T> number) {
        var all = sum.apply(sentences);
        int size = sentences.size() / Data.CHUNKS;
        var without = IntStream.range(0, Data.CHUNKS)
                .mapToObj(i -> sum.apply(sentences.subList(i * size, (i + 1) * size)))
                .map(part -> number.applyAsDouble(minus.apply(all, part)))
                .toList();
        return Jackknife.samples(number.applyAsDouble(all), without);
    }

    private List<Bleu> bleu() {
        return bleu(data.dev(), Greedy.translated(network, weights, data.dev().sources()));
    }

    /// `test_bleu` (beam 4) and `test_loss` on the test set, each as one number.
    Evaluation test() {
        var test = data.test();
        double loss = sum(losses(test)).mean();
        double bleu = Double.isFinite(loss)
                ? total(bleu(test, Beam.REPORT.translated(network, weights, test.sources())))
                        .score()
                : loss;
        return Evaluation.of("test_loss", loss).and("test_bleu", bleu);
    }

    private List<Bleu> bleu(Data.Held held, List<int[]> translations) {
        return IntStream.range(0, held.size())
                .mapToObj(i -> Bleu.of(
                        data.vocabulary().decode(translations.get(i)),
                        held.references().get(i)))
                .toList();
    }

    private static Bleu total(List<Bleu> parts) {
        return parts.stream().reduce(Bleu.NOTHING, Bleu::plus);
    }

    private static Loss sum(List<Loss> parts) {
        return parts.stream().reduce(Loss.NOTHING, Loss::plus);
    }

    private List<Loss> losses(Data.Held held) {
        return Groups.of(
                held.targets(),
                some -> losses(
                        some.stream().map(held.sources()::get).toList(),
                        some.stream().map(held.targets()::get).toList()));
    }

    private List<Loss> losses(List<int[]> sources, List<int[]> targets) {
        try (var _ = Scope.still()) {
            var nats = network.losses(weights, sources, targets, Dropout.NONE).floats();
            var losses = new ArrayList<Loss>();
            int at = 0;
            for (var target : targets) {
                double sum = 0;
                for (int i = 0; i <= target.length; i++) {
                    sum += nats[at++];
                }
                losses.add(new Loss(sum, target.length + 1));
            }
            return losses;
        }
    }
}
