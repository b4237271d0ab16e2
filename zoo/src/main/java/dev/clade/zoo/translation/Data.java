package dev.clade.zoo.translation;

import dev.clade.fault.Fault;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What is read: sentences to train on, some to choose by, some to report.
///
/// @param vocabulary of both languages, learned from the training sentences
/// @param training as numbers, those that are not too long
/// @param dev a multiple of [#CHUNKS]
record Data(Vocabulary vocabulary, List<Pair> training, Held dev, Held test) {

    static final String TRAINING = "train";
    static final String DEV = "val";

    /// An evaluation measures the first sentences of the development set in this many equal parts: its
    /// samples.
    static final int CHUNKS = 10;

    /// Ours: an evaluation is to cost little beside training.
    static final int DEV_SENTENCES = 200;

    /// A sentence and its translation, without marks of beginning and end.
    static final class Pair {

        private final int[] source;
        private final int[] target;

        Pair(int[] source, int[] target) {
            this.source = source;
            this.target = target;
        }

        int[] source() {
            return source;
        }

        int[] target() {
            return target;
        }

        int longest() {
            return Math.max(source.length, target.length);
        }
    }

    /// @throws Fault 3340 to 3342 as [ParallelText#read], 3343 where too few sentences are left
    static Data read(Settings settings) throws IOException {
        var training = read(settings, TRAINING).first(settings.sentences().orElse(Integer.MAX_VALUE));
        var dev = read(settings, DEV);
        var test = read(settings, settings.test());
        var vocabulary = Vocabulary.learn(
                Stream.concat(training.sources().stream(), training.targets().stream())
                        .toList(),
                settings.vocabulary());
        var pairs = IntStream.range(0, training.size())
                .mapToObj(i -> new Pair(
                        vocabulary.encode(training.sources().get(i)),
                        vocabulary.encode(training.targets().get(i))))
                .filter(pair -> pair.longest() <= settings.longest())
                .toList();
        int held = Math.min(dev.size(), DEV_SENTENCES) / CHUNKS * CHUNKS;
        if (pairs.isEmpty() || held == 0 || test.size() == 0) {
            throw new Fault(
                    3343,
                    "the parallel text in " + settings.data() + " is too short.",
                    pairs.size() + " sentences to train on, of at most " + settings.longest() + " symbols; "
                            + dev.size() + " to choose by; " + test.size() + " to report.",
                    "one to train on, " + CHUNKS + " to choose by, one to report.",
                    "get more text, or set 'longest'.");
        }
        return new Data(vocabulary, pairs, Held.of(dev.first(held), vocabulary), Held.of(test, vocabulary));
    }

    private static ParallelText read(Settings settings, String name) throws IOException {
        return ParallelText.read(settings.data(), name, settings.source(), settings.target());
    }

    /// Sentences that are held out.
    ///
    /// @param sources as numbers
    /// @param targets as numbers
    /// @param references the targets as they were written
    record Held(List<int[]> sources, List<int[]> targets, List<String> references) {

        static Held of(ParallelText text, Vocabulary vocabulary) {
            return new Held(
                    text.sources().stream().map(vocabulary::encode).toList(),
                    text.targets().stream().map(vocabulary::encode).toList(),
                    text.targets());
        }

        int size() {
            return sources.size();
        }
    }
}
