package dev.clade.population;

import dev.clade.fault.Fault;
import dev.clade.population.Event.Evaluated.Purpose;
import dev.clade.trainer.Evaluation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What is measured afresh at the end. The winner and its score come from these measurements alone: the best
/// reading of a whole run overstates.
///
/// @param candidates the last leaders and the best so far, by the first objective; where there are several, as many of
///     the front again, far apart; where there are controls, their leader too, apart
/// @param results by candidate, in the order of `candidates`
/// @param report the winner's, once it is measured
public record Finals(List<Pair> candidates, List<Optional<Evaluation>> results, Optional<Evaluation> report) {

    public Finals {
        candidates = List.copyOf(candidates);
        results = List.copyOf(results);
    }

    /// The finals that begin with this state.
    static Finals of(Population population) {
        var specification = population.specification();
        var chosen = new ArrayList<Pair>();
        population.best().ifPresent(chosen::add);
        leaders(population, Member::ranked).stream()
                .filter(pair -> chosen.stream().noneMatch(c -> c.root().equals(pair.root())))
                .limit(Math.max(0, specification.candidates() - chosen.size()))
                .forEach(chosen::add);
        population.front().scattered().stream()
                .limit(specification.candidates())
                .filter(pair -> chosen.stream().noneMatch(c -> c.root().equals(pair.root())))
                .toList()
                .forEach(chosen::add);
        leaders(population, m -> specification.control(m.id())).stream()
                .limit(1)
                .forEach(chosen::add);
        return new Finals(
                chosen, chosen.stream().map(c -> Optional.<Evaluation>empty()).toList(), Optional.empty());
    }

    private static List<Pair> leaders(Population population, Predicate<Member> among) {
        var metric = population.specification().metric();
        return population.members().stream()
                .filter(among)
                .flatMap(m -> m.standing().stream())
                .filter(p -> metric.score(p.evaluation()) > Double.NEGATIVE_INFINITY)
                .sorted(Comparator.comparingDouble((Pair p) -> -metric.score(p.evaluation()))
                        .thenComparing(Pair::member))
                .toList();
    }

    Finals with(Event.Evaluated e) {
        if (e.purpose() == Purpose.REPORT) {
            return new Finals(candidates, results, Optional.of(e.evaluation()));
        }
        var changed = new ArrayList<>(results);
        changed.set(place(e), Optional.of(e.evaluation()));
        return new Finals(candidates, changed, report);
    }

    /// Whether this very measurement of a candidate is there.
    public boolean has(Event.Evaluated e) {
        for (int i = 0; i < candidates.size(); i++) {
            var pair = candidates.get(i);
            if (pair.member().equals(e.member())
                    && pair.segment() == e.segment()
                    && results.get(i).equals(Optional.of(e.evaluation()))) {
                return true;
            }
        }
        return false;
    }

    /// Whether this is the report that is due.
    boolean awaits(Event.Evaluated e, Specification specification) {
        return report.isEmpty()
                && winner(specification)
                        .filter(w ->
                                w.pair().member().equals(e.member()) && w.pair().segment() == e.segment())
                        .isPresent();
    }

    private int place(Event.Evaluated e) {
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get(i).member().equals(e.member())
                    && candidates.get(i).segment() == e.segment()
                    && results.get(i).isEmpty()) {
                return i;
            }
        }
        throw new Fault(
                5101,
                "a final of member " + e.member() + ", segment " + e.segment() + " is not possible.",
                "a pair that is no candidate, or measured already.",
                "one of the candidates.",
                "run 'clade verify' on this experiment.");
    }

    /// What is left to measure of a member's: candidates first, then the report of the winner.
    public Optional<Task> due(MemberId member, Specification specification) {
        for (int i = 0; i < candidates.size(); i++) {
            if (results.get(i).isEmpty() && candidates.get(i).member().equals(member)) {
                return Optional.of(new Task(candidates.get(i), Purpose.FINAL));
            }
        }
        return specification.report().isEmpty() || report.isPresent()
                ? Optional.empty()
                : winner(specification)
                        .filter(w -> w.pair().member().equals(member))
                        .map(w -> new Task(w.pair(), Purpose.REPORT));
    }

    /// A measurement to make.
    public record Task(Pair pair, Purpose purpose) {}

    /// The winner, once every candidate is measured: the best mean among the ranked ones, the first on a tie.
    public Optional<Winner> winner(Specification specification) {
        if (results.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        var byScore = new TreeMap<Double, Winner>();
        for (int i = 0; i < candidates.size(); i++) {
            var result = results.get(i).orElseThrow();
            double score = specification.metric().score(result);
            if (!specification.control(candidates.get(i).member()) && score > Double.NEGATIVE_INFINITY) {
                byScore.putIfAbsent(score, new Winner(candidates.get(i), result, report));
            }
        }
        return Optional.ofNullable(byScore.lastEntry()).map(java.util.Map.Entry::getValue);
    }

    boolean complete(Specification specification) {
        return results.stream().allMatch(Optional::isPresent)
                && (specification.report().isEmpty()
                        || report.isPresent()
                        || winner(specification).isEmpty());
    }

    /// The model that an experiment ends with.
    ///
    /// @param measured its fresh evaluations, all samples together
    /// @param report what was measured once for the report
    public record Winner(Pair pair, Evaluation measured, Optional<Evaluation> report) {}
}
