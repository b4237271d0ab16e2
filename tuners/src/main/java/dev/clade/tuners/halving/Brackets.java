package dev.clade.tuners.halving;

import java.util.ArrayList;
import java.util.List;

/// Brackets one after another. Configurations are numbered through.
record Brackets(List<Bracket> all) {

    Brackets {
        all = List.copyOf(all);
    }

    /// One bracket, the largest that costs at most so much.
    static Brackets one(Rungs rungs, long cost) {
        var bracket = Bracket.largest(rungs, cost, Integer.MAX_VALUE);
        return new Brackets(List.of(bracket.widened(cost - bracket.cost())));
    }

    /// Hyperband (Li et al., JMLR 2018, Algorithm 1): for s = K, ..., 0 a bracket of `ceil((K + 1) / (s +
    /// 1) * eta^s)` configurations whose first rung is `R / eta^s`; again and again while the cost allows.
    /// Of the last round brackets may be smaller, or missing; what is left then widens the first bracket.
    static Brackets hyperband(Rungs rungs, long cost) {
        var brackets = new ArrayList<Bracket>();
        long left = cost;
        while (left >= rungs.steps().getLast()) {
            for (int s = rungs.halvings(); s >= 0; s--) {
                var bracket = Bracket.largest(rungs.from(rungs.halvings() - s), left, paper(rungs, s));
                if (bracket.ends()) {
                    brackets.add(bracket);
                    left -= bracket.cost();
                }
            }
        }
        brackets.set(0, brackets.getFirst().widened(left));
        return new Brackets(brackets);
    }

    /// One round of Hyperband as in the paper.
    static Brackets round(Rungs rungs) {
        var brackets = new ArrayList<Bracket>();
        for (int s = rungs.halvings(); s >= 0; s--) {
            brackets.add(Bracket.of(rungs.from(rungs.halvings() - s), paper(rungs, s)));
        }
        return new Brackets(brackets);
    }

    private static int paper(Rungs rungs, int s) {
        return (int) (((rungs.halvings() + 1) * Rungs.power(rungs.eta(), s) + s) / (s + 1));
    }

    int size() {
        return first(all.size());
    }

    long cost() {
        return all.stream().mapToLong(Bracket::cost).sum();
    }

    /// The number of the first configuration of a bracket.
    int first(int bracket) {
        return all.stream().limit(bracket).mapToInt(Bracket::size).sum();
    }

    /// The bracket that a configuration belongs to; the last for those that are beyond.
    int of(int configuration) {
        int bracket = 0;
        while (bracket < all.size() - 1 && first(bracket + 1) <= configuration) {
            bracket++;
        }
        return bracket;
    }
}
