package dev.clade.tuners.pb2;

import dev.clade.pbt.Explore.Moved;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.random.Randomness;
import dev.clade.space.Domain;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter.Change;
import dev.clade.space.Space;
import dev.clade.space.Value;
import dev.clade.tuners.gp.Encoding;
import dev.clade.tuners.gp.Encoding.Coordinate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A [Bandit] chooses each (PB2-Mix). What the bandits know is folded from the log at each decision: a round is all
/// members' segments of one number; the reward is the gain, from 0 for the least of all to 1 for the most, and 0 for
/// what diverged.
///
/// @param rounds how many there are from beginning to end, `T`
record Bandits(int rounds) implements Categories {

    @Override
    public Moved chosen(Hyperparameters values, MemberId who, Population seen, Randomness random) {
        var space = seen.specification().space();
        var history = History.rounds(seen).toList();
        var pending = History.pending(seen, who);
        var facts = new TreeMap<String, String>();
        var chosen = new TreeMap<>(values.active());
        for (var parameter : space.parameters()) {
            if (new Coordinate(parameter, 0).named() && parameter.change() != Change.NEVER) {
                var elements = new ArrayList<Value>();
                for (int i = 0; i < Math.max(1, parameter.size()); i++) {
                    var coordinate = new Coordinate(parameter, i);
                    var bandit = bandit(coordinate, history, seen);
                    int arm = bandit.draw(taken(coordinate, pending), random.of(Space.purpose("arm", parameter, i)));
                    elements.add(options(coordinate).get(arm));
                    facts.put(Space.purpose("chance", parameter, i), String.valueOf(bandit.probabilities()[arm]));
                }
                chosen.put(parameter.name(), parameter.size() == 0 ? elements.getFirst() : new Value.Vector(elements));
            }
        }
        return new Moved(space.completed(chosen, random), facts);
    }

    private static SortedSet<Integer> taken(Coordinate coordinate, List<Segment> pending) {
        var taken = new TreeSet<Integer>();
        pending.forEach(segment -> arm(coordinate, segment.values()).ifPresent(taken::add));
        return taken;
    }

    @Override
    public Covariance covariance(Encoding encoding) {
        return Covariance.ofAll(encoding);
    }

    private Bandit bandit(Coordinate coordinate, List<List<Row>> history, Population seen) {
        var bandit = Bandit.of(options(coordinate).size(), seen.specification().population(), rounds);
        var gains = history.stream()
                .flatMap(List::stream)
                .mapToDouble(Row::gain)
                .filter(Double::isFinite)
                .summaryStatistics();
        double width = gains.getMax() - gains.getMin();
        for (var round : history) {
            var plays = new ArrayList<Bandit.Play>();
            for (var row : round) {
                double reward = Double.isFinite(row.gain()) && width > 0 ? (row.gain() - gains.getMin()) / width : 0;
                arm(coordinate, row.values()).ifPresent(arm -> plays.add(new Bandit.Play(arm, reward)));
            }
            bandit = bandit.after(plays);
        }
        return bandit;
    }

    private static List<Value> options(Coordinate coordinate) {
        return ((Domain.Choice) coordinate.domain()).options();
    }

    /// None where it is not active, or no option any more.
    private static Optional<Integer> arm(Coordinate coordinate, Hyperparameters values) {
        return values.find(coordinate.parameter().name())
                .map(value ->
                        value instanceof Value.Vector vector ? vector.elements().get(coordinate.element()) : value)
                .map(options(coordinate)::indexOf)
                .filter(arm -> arm >= 0);
    }
}
