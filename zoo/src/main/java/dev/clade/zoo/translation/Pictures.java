package dev.clade.zoo.translation;

import dev.clade.random.Randomness;
import dev.clade.zoo.member.Passes;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a person should see of a model: sentences of the test set that it translates, and where it looks
/// meanwhile.
record Pictures(Data data, Network network, Weights weights) {

    private static final int SENTENCES = 10;

    /// Draws `translations.png`, some sentences with their translations by [Beam#REPORT] beside what a
    /// person wrote, and `attention.png`, the attention of the first of them.
    ///
    /// @param seed which sentences
    void draw(Path folder, long seed) throws IOException {
        var order =
                Passes.shuffled(data.test().size(), Randomness.keyed(seed, 0, 0).of("pictures"));
        var chosen = Arrays.stream(order).limit(SENTENCES).boxed().toList();
        var sources = chosen.stream().map(data.test().sources()::get).toList();
        var translations = Beam.REPORT.translated(network, weights, sources);
        var rows = new ArrayList<List<String>>();
        for (int i = 0; i < chosen.size(); i++) {
            rows.add(List.of(
                    data.vocabulary().decode(sources.get(i)),
                    data.vocabulary().decode(translations.get(i)),
                    data.test().references().get(chosen.get(i))));
        }
        Canvas.table(folder.resolve("translations.png"), List.of("source", "model", "person"), rows);
        attention(folder.resolve("attention.png"), sources.getFirst(), translations.getFirst());
    }

    /// How the decoder's last layer attends to the source, the mean of its heads.
    private void attention(Path file, int[] source, int[] target) throws IOException {
        try (var _ = Scope.still()) {
            var shares = new ArrayList<Tensor>();
            network.losses(weights, List.of(source), List.of(target), (kind, layer, numbers) -> {
                if (kind == Dropout.Kind.MEMORY && layer == network.layers() - 1) {
                    shares.add(numbers.mean(0));
                }
                return numbers;
            });
            Canvas.attention(
                    file, symbols(source), symbols(target), shares.getFirst().floats());
        }
    }

    private List<String> symbols(int[] numbers) {
        var symbols = new ArrayList<String>();
        for (int number : numbers) {
            symbols.add(data.vocabulary().symbol(number));
        }
        symbols.add(data.vocabulary().symbol(Vocabulary.END));
        return symbols;
    }
}
