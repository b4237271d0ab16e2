package dev.clade.zoo.translation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the BLEU of a corpus is made of (Papineni, Roukos, Ward, Zhu 2002, section 2). Counts of several
/// sentences are their sums.
///
/// @param matches runs of 1 to 4 tokens that are in the reference too, each at most as often as there
/// @param runs all such runs
/// @param length tokens
/// @param reference tokens of the reference
record Bleu(List<Long> matches, List<Long> runs, long length, long reference) {

    private static final int ORDER = 4;

    static final Bleu NOTHING = new Bleu(List.of(0L, 0L, 0L, 0L), List.of(0L, 0L, 0L, 0L), 0, 0);

    /// Of one sentence.
    static Bleu of(String hypothesis, String reference) {
        var tokens = Tokens.of(hypothesis);
        var others = Tokens.of(reference);
        var matches = new Long[ORDER];
        var runs = new Long[ORDER];
        for (int n = 1; n <= ORDER; n++) {
            var there = counts(others, n);
            runs[n - 1] = (long) Math.max(0, tokens.size() - n + 1);
            matches[n - 1] = counts(tokens, n).entrySet().stream()
                    .mapToLong(run -> Math.min(run.getValue(), there.getOrDefault(run.getKey(), 0)))
                    .sum();
        }
        return new Bleu(List.of(matches), List.of(runs), tokens.size(), others.size());
    }

    private static Map<List<String>, Integer> counts(List<String> tokens, int n) {
        var counts = new HashMap<List<String>, Integer>();
        for (int i = 0; i + n <= tokens.size(); i++) {
            counts.merge(tokens.subList(i, i + n), 1, Integer::sum);
        }
        return counts;
    }

    Bleu plus(Bleu other) {
        return combined(other, 1);
    }

    Bleu minus(Bleu other) {
        return combined(other, -1);
    }

    private Bleu combined(Bleu other, int sign) {
        return new Bleu(
                combined(matches, other.matches, sign),
                combined(runs, other.runs, sign),
                length + sign * other.length,
                reference + sign * other.reference);
    }

    private static List<Long> combined(List<Long> one, List<Long> other, int sign) {
        var all = new Long[ORDER];
        for (int i = 0; i < ORDER; i++) {
            all[i] = one.get(i) + sign * other.get(i);
        }
        return List.of(all);
    }

    /// The score from 0 to 100, as sacreBLEU gives it by default: the geometric mean of the shares that
    /// match, times `exp(1 - reference / length)` where that is less than 1. A share of none is `1 / 2^k`
    /// matches, the k-th of its kind (Chen, Cherry 2014, method 3); the score is 0 where nothing matches at
    /// all.
    double score() {
        if (matches.stream().allMatch(count -> count == 0)) {
            return 0;
        }
        double logs = 0;
        double none = 1;
        for (int i = 0; i < ORDER; i++) {
            if (runs.get(i) == 0) {
                return 0;
            }
            if (matches.get(i) == 0) {
                none *= 2;
            }
            double matching = matches.get(i) == 0 ? 1 / none : matches.get(i);
            logs += Math.log(100 * matching / runs.get(i));
        }
        double brevity = length < reference ? Math.exp(1 - (double) reference / length) : 1;
        return brevity * Math.exp(logs / ORDER);
    }
}
