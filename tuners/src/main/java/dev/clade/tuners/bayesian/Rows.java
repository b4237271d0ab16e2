package dev.clade.tuners.bayesian;

import dev.clade.population.Failure;
import dev.clade.population.Member;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.tune.Allowance;
import dev.clade.tuners.gp.Encoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What a population tells of configurations: where they lie, what they came to, and which are under way.
///
/// @param measured configurations that are over, in member order
/// @param pending the points of those under way, in member order
record Rows(List<Row> measured, List<Point> pending) {

    /// A configuration that is over.
    ///
    /// @param score more is better; negative infinity where it has diverged or failed for good
    record Row(Point at, double score) {}

    Rows {
        measured = List.copyOf(measured);
        pending = List.copyOf(pending);
    }

    /// Those of all members. A configuration's score is its last pair's. What was retired before its end,
    /// or whose workers were lost, tells nothing.
    static Rows of(Population seen, Encoding cube) {
        var measured = new ArrayList<Row>();
        var pending = new ArrayList<Point>();
        for (var member : seen.members()) {
            if (member.segment().isEmpty()) {
                continue;
            }
            var values = member.segment().get().values();
            if (!over(seen, member)) {
                pending.add(new Point(cube.point(values)));
            } else if (member.failure().isPresent()) {
                if (member.failure().get().kind() != Failure.Kind.HOST) {
                    measured.add(new Row(new Point(cube.point(values)), Double.NEGATIVE_INFINITY));
                }
            } else if (member.live()
                    || member.ended().filter(Specification.OVER_BUDGET::equals).isPresent()) {
                member.held().ifPresent(pair -> measured.add(row(seen, cube, pair)));
            }
        }
        return new Rows(measured, pending);
    }

    private static Row row(Population seen, Encoding cube, Pair pair) {
        return new Row(
                new Point(cube.point(pair.values())),
                seen.specification().metric().score(pair.evaluation()));
    }

    /// Whether nothing more is trained for a member: it has ended, or its next decision ends it.
    static boolean over(Population seen, Member member) {
        if (!member.live()) {
            return true;
        }
        return member.status() == Member.Status.UNDECIDED
                && member.failure()
                        .map(failure -> failure.kind() == Failure.Kind.DIVERGED
                                || member.failures() > seen.specification().retries())
                        .orElseGet(() -> Allowance.of(seen, member, member.lineageStep()) == 0);
    }

    /// Whether it tells nothing of where to go: no two scores to compare.
    boolean blind() {
        return measured.stream().filter(r -> Double.isFinite(r.score())).count() < 2;
    }

    /// At most so many of the measured ones: the best half, and of the others the newest. In member order.
    Rows within(int most) {
        if (measured.size() <= most) {
            return this;
        }
        var byScore = IntStream.range(0, measured.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                                (Integer i) -> measured.get(i).score())
                        .reversed()
                        .thenComparing(Comparator.reverseOrder()))
                .toList();
        var best = byScore.subList(0, (most + 1) / 2);
        var newest = byScore.subList(best.size(), byScore.size()).stream()
                .sorted(Comparator.reverseOrder())
                .limit(most / 2)
                .toList();
        return new Rows(
                IntStream.range(0, measured.size())
                        .filter(i -> best.contains(i) || newest.contains(i))
                        .mapToObj(measured::get)
                        .toList(),
                pending);
    }
}
