package dev.clade.zoo.translation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// What the reference programs say, as `golden.py` wrote it.
final class Golden {

    private Golden() {}

    static List<String> lines(String name) {
        try (var file = Objects.requireNonNull(Golden.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A corpus with the score of sacreBLEU.
    record Corpus(String name, double score, List<Sentence> sentences) {}

    /// @param tokens of the hypothesis, with single spaces between them
    /// @param referenceTokens those of the reference
    record Sentence(String hypothesis, String reference, String tokens, String referenceTokens) {}

    static List<Corpus> corpora() {
        return lines("bleu.jsonl").stream().map(Golden::corpus).toList();
    }

    private static Corpus corpus(String line) {
        try (var json = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
            json.nextToken();
            json.nextToken();
            var name = json.getString();
            json.nextToken();
            double score = json.getDoubleValue();
            var sentences = new ArrayList<Sentence>();
            while (json.nextToken() == JsonToken.START_ARRAY) {
                var cells = new ArrayList<String>();
                while (json.nextToken() == JsonToken.VALUE_STRING) {
                    cells.add(json.getString());
                }
                sentences.add(new Sentence(cells.get(0), cells.get(1), cells.get(2), cells.get(3)));
            }
            return new Corpus(name, score, sentences);
        }
    }
}
