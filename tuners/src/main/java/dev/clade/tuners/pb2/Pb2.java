package dev.clade.tuners.pb2;

import dev.clade.pbt.Explore;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.tuners.gp.Encoding;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Hyperparameters by what all members have learnt so far, where PBT perturbs blindly (PB2 and PB2-Mix). Names first,
/// then the numbers at the top of the [Model]'s bound; structure (`change: never`) stays. Where nothing is known yet,
/// PBT's perturbation.
///
/// @param window how many of the newest rows count: a decision takes time in proportion to its cube
/// @param beta the factor of `ln(0.4 n)` in the model's bound
record Pb2(int window, double beta, Categories categories) implements Explore {

    /// Ours: it bounds a decision's time.
    private static final int MOST_PENDING = 50;

    private static final Explore BLIND =
            new Explore.Perturb(Explore.Perturb.DEFAULT_DOWN, Explore.Perturb.DEFAULT_UP, 0, 1, false);

    @Override
    public boolean serial() {
        return true;
    }

    @Override
    public Moved from(
            Hyperparameters values, Optional<Pair> weights, MemberId who, Population seen, Randomness random) {
        var named = categories.chosen(values, who, seen, random);
        var context = Context.of(weights, seen.specification().metric());
        var rows = History.rows(seen, window);
        if (context.isEmpty() || rows.stream().noneMatch(row -> Double.isFinite(row.gain()))) {
            var moved = BLIND.from(named.values(), weights, who, seen, random);
            return explained(named, moved.values(), "model", context.isEmpty() ? "no score yet" : "no rows yet");
        }
        var encoding = Encoding.of(seen.specification().space());
        var pending = nearest(History.pending(seen, who), context.get());
        var model = Model.of(encoding, categories.covariance(encoding), rows, context.get(), beta, random.of("model"));
        for (var other : pending) {
            model = model.besides(other);
        }
        var search = new Search(encoding, model, named.values());
        var found = search.apart(search.top(random), pending, random);
        var moved = search.values(found, seen.specification().space(), random);
        return told(named, moved, model, encoding.point(moved), rows, pending);
    }

    /// In a large population many are under way: those whose weights have seen about as much count the most here.
    private static List<Hyperparameters> nearest(List<Segment> pending, Context context) {
        return pending.stream()
                .sorted(Comparator.comparingDouble(segment -> Math.abs(segment.startLineage() - context.time())))
                .limit(MOST_PENDING)
                .map(Segment::values)
                .toList();
    }

    private static Moved told(
            Moved named,
            Hyperparameters values,
            Model model,
            double[] point,
            List<Row> rows,
            List<Hyperparameters> pending) {
        var facts = new TreeMap<>(named.facts());
        facts.put("rows", String.valueOf(rows.size()));
        facts.put("pending", String.valueOf(pending.size()));
        facts.put("beta", String.valueOf(model.beta()));
        facts.put("expected gain", String.valueOf(model.gain(point)));
        facts.put("deviation", String.valueOf(model.deviation(point)));
        return new Moved(values, facts);
    }

    private static Moved explained(Moved named, Hyperparameters values, String name, String fact) {
        var facts = new TreeMap<>(named.facts());
        facts.put(name, fact);
        return new Moved(values, facts);
    }
}
