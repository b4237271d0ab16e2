package dev.clade.population;

import dev.clade.space.Domain;
import dev.clade.space.Parameter;
import dev.clade.space.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// How far a population has narrowed. PBT is greedy: what is ahead now takes over, whether or not it stays ahead
/// (Dalibard, Jaderberg 2021, arXiv 2109.13800; research names early collapse of diversity as the first sign).
///
/// @param founders ancestries that are alive: first saves of the weights that ranked members hold
/// @param members ranked members that hold weights, and have not been stopped
/// @param stale decisions after an outcome since the best score was last bettered
/// @param spread for each parameter how wide the members' values are beside the prior: 1 as wide, 0 all the same. For
///     numbers the standard deviation on the parameter's scale over the prior's; for choices the chance that two
///     members differ over the prior's. Vectors: the mean over their elements
public record Greed(int founders, int members, int stale, SortedMap<String, Double> spread) {

    /// The standard deviation of the uniform distribution on [0, 1].
    private static final double UNIFORM = 1 / StrictMath.sqrt(12);

    public Greed {
        spread = Collections.unmodifiableSortedMap(new TreeMap<>(spread));
    }

    /// Whose decisions carry the measure: the first unfinished ranked member's, so that it is taken once a round.
    public static Optional<MemberId> reporter(Population population) {
        var specification = population.specification();
        for (int i = 0; i < population.size(); i++) {
            var member = population.member(new MemberId(i));
            if (member.live() && member.ranked() && !specification.control(member.id())) {
                return Optional.of(member.id());
            }
        }
        return Optional.empty();
    }

    public static Greed of(Population population) {
        var evolving = evolving(population).toList();
        var spread = new TreeMap<String, Double>();
        for (var parameter : population.specification().space().parameters()) {
            var values = evolving.stream()
                    .map(m -> m.segment().orElseThrow().values())
                    .flatMap(v -> v.find(parameter.name()).stream())
                    .toList();
            if (values.size() > 1) {
                spread.put(parameter.name(), spread(parameter, values));
            }
        }
        return new Greed(founders(population), evolving.size(), population.stale(), spread);
    }

    /// The ancestries alone.
    private static int founders(Population population) {
        return (int) evolving(population)
                .flatMap(m -> m.held().stream())
                .map(Pair::founder)
                .distinct()
                .count();
    }

    private static Stream<Member> evolving(Population population) {
        var specification = population.specification();
        return population.members().stream()
                .filter(m -> (m.live() || finished(m))
                        && m.ranked()
                        && m.held().isPresent()
                        && !specification.control(m.id()));
    }

    /// Over because it has trained all that it may: it keeps its place among the others.
    private static boolean finished(Member member) {
        return member.ended().filter(Specification.OVER_BUDGET::equals).isPresent();
    }

    /// The mean of the parameters' spreads; 1 where there is none.
    public double width() {
        return spread.values().stream().mapToDouble(s -> s).average().orElse(1);
    }

    private static double spread(Parameter parameter, List<Value> values) {
        double sum = 0;
        int elements = Math.max(1, parameter.size());
        for (int i = 0; i < elements; i++) {
            int element = i;
            var column = values.stream()
                    .map(v ->
                            v instanceof Value.Vector vector ? vector.elements().get(element) : v)
                    .toList();
            sum += spread(parameter.domain(), column);
        }
        return sum / elements;
    }

    private static double spread(Domain domain, List<Value> column) {
        return switch (domain) {
            case Domain.Choice choice -> {
                int options = choice.options().size();
                yield options == 1 ? 0 : differing(column) / (1 - 1.0 / options);
            }
            case Domain.Real real -> deviation(real, column) / UNIFORM;
            case Domain.Whole whole -> deviation(whole, column) / UNIFORM;
        };
    }

    /// Of the quantiles at which values lie.
    private static double deviation(Domain domain, List<Value> column) {
        double mean = 0;
        for (var value : column) {
            mean += domain.quantile(value) / column.size();
        }
        double squares = 0;
        for (var value : column) {
            double off = domain.quantile(value) - mean;
            squares += off * off;
        }
        return StrictMath.sqrt(squares / (column.size() - 1));
    }

    /// The chance that two members, drawn without putting back, differ.
    private static double differing(List<Value> column) {
        double same = 0;
        var counts = new LinkedHashMap<Value, Integer>();
        column.forEach(value -> counts.merge(value, 1, Integer::sum));
        for (int count : counts.values()) {
            same += (double) count * (count - 1);
        }
        return 1 - same / ((double) column.size() * (column.size() - 1));
    }
}
