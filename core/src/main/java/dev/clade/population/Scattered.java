package dev.clade.population;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// The order of members under several objectives (MO-PBT: Dushatskiy et al. 2023, arXiv 2306.01436, and its code):
///
/// ```
/// fronts of non-dominated points, the first first
/// the first place of all: the best under the first objective
/// then, front by front: the point of the front with the largest distance to the nearest point that has a place
/// ```
///
/// Distances are Euclidean. Each objective is divided by its range over all points, which the published code does not
/// do: units should not count. Ties go to the better under the first objective, then under the next. Equal points share
/// a place.
public final class Scattered {

    private static final Comparator<Point> BEST_FIRST = (a, b) -> {
        for (int i = 0; i < a.scores().size(); i++) {
            int order = Double.compare(b.scores().get(i), a.scores().get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    };

    private final List<Point> points;
    private final double[] low;
    private final double[] half;

    private Scattered(List<Point> points) {
        this.points = points;
        int objectives = points.isEmpty() ? 0 : points.getFirst().scores().size();
        low = new double[objectives];
        half = new double[objectives];
        for (int i = 0; i < objectives; i++) {
            int objective = i;
            var scores =
                    points.stream().mapToDouble(p -> p.scores().get(objective)).summaryStatistics();
            low[i] = scores.getMin();
            half[i] = scores.getMax() / 2 - scores.getMin() / 2;
        }
    }

    /// The place of each point, from 0.
    ///
    /// @param points finite ones
    public static List<Integer> places(List<Point> points) {
        var distinct =
                new Scattered(points.stream().distinct().sorted(BEST_FIRST).toList());
        var places = new TreeMap<Point, Integer>(BEST_FIRST);
        distinct.placed().forEach(point -> places.put(point, places.size()));
        return points.stream().map(places::get).toList();
    }

    /// The indices of points by their places; equal points as they came.
    static List<Integer> order(List<Point> points) {
        var places = places(points);
        return IntStream.range(0, points.size())
                .boxed()
                .sorted(Comparator.comparing(places::get))
                .toList();
    }

    private List<Point> placed() {
        var placed = new ArrayList<Point>();
        var nearest = new double[points.size()];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        for (var front : fronts()) {
            var left = new TreeSet<>(front);
            while (!left.isEmpty()) {
                int next = farthest(left, nearest);
                left.remove(next);
                placed.add(points.get(next));
                for (int i = 0; i < nearest.length; i++) {
                    nearest[i] = Math.min(nearest[i], distance(points.get(i), points.get(next)));
                }
            }
        }
        return placed;
    }

    /// The first of those that are farthest from all that have a place.
    private static int farthest(SortedSet<Integer> indices, double[] nearest) {
        int best = indices.first();
        for (int index : indices) {
            best = nearest[index] > nearest[best] ? index : best;
        }
        return best;
    }

    /// The non-dominated points, those that are non-dominated without them, and so on; each best first.
    private List<List<Integer>> fronts() {
        var fronts = new ArrayList<List<Integer>>();
        var ranks = new int[points.size()];
        for (int i = 0; i < ranks.length; i++) {
            for (int better = 0; better < i; better++) {
                if (points.get(better).dominates(points.get(i))) {
                    ranks[i] = Math.max(ranks[i], ranks[better] + 1);
                }
            }
            if (ranks[i] == fronts.size()) {
                fronts.add(new ArrayList<>());
            }
            fronts.get(ranks[i]).add(i);
        }
        return fronts;
    }

    private double distance(Point a, Point b) {
        double sum = 0;
        for (int i = 0; i < low.length; i++) {
            double apart = along(i, a) - along(i, b);
            sum += apart * apart;
        }
        return Math.sqrt(sum);
    }

    /// From 0 for the worst to 1 for the best; halved on the way, so that no range is too wide to be a number.
    private double along(int objective, Point point) {
        return half[objective] == 0 ? 0 : (point.scores().get(objective) / 2 - low[objective] / 2) / half[objective];
    }
}
