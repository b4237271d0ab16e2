package dev.clade.study.replay;

import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the members of an arm's experiment came to, measured afresh at the end: the higher the better.
///
/// @param bySeed by member, without those that failed or diverged
/// @param seeds how many members there were
public record Scores(SortedMap<MemberId, Double> bySeed, int seeds) {

    public Scores {
        bySeed = Collections.unmodifiableSortedMap(new TreeMap<>(bySeed));
    }

    /// None for an experiment that is not complete.
    public static Scores none(int seeds) {
        return new Scores(new TreeMap<>(), seeds);
    }

    /// The scores of a complete experiment. A member's last model counts, whatever it reached on the way.
    public static Scores of(Population population) {
        var metric = population.specification().metric();
        var scores = new TreeMap<MemberId, Double>();
        var finals = population.finals().orElseThrow();
        for (int i = 0; i < finals.candidates().size(); i++) {
            var pair = finals.candidates().get(i);
            double score = finals.results().get(i).map(metric::score).orElse(Double.NEGATIVE_INFINITY);
            if (last(population, pair) && score > Double.NEGATIVE_INFINITY) {
                scores.put(pair.member(), score);
            }
        }
        return new Scores(scores, population.specification().population());
    }

    private static boolean last(Population population, Pair pair) {
        return population.member(pair.member()).standing().filter(pair::equals).isPresent();
    }

    public List<Double> all() {
        return List.copyOf(bySeed.values());
    }
}
