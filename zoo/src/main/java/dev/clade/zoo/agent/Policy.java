package dev.clade.zoo.agent;

import dev.clade.zoo.tensor.Tensor;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What is likely to be done in `N` situations: a function is drawn, then, if it is aimed, a target of it. What is
/// impossible has probability 0.
///
/// @param actions that there are
/// @param functions logarithms of the probabilities of functions, `(N, functions)`
/// @param targets those of targets given the function, `(N, aimed, targets)`; empty where nothing is aimed
public record Policy(Actions actions, Tensor functions, Optional<Tensor> targets) {

    private static final int WITHIN = 2;

    /// @param logits `(N, at least actions.logits())`: what is behind them is no part of it
    /// @param masks as [Actions] writes them, `(N, actions.logits())`; empty where all is possible
    public static Policy of(Actions actions, Tensor logits, Optional<Tensor> masks) {
        var all = logits.narrow(1, 0, actions.logits());
        var possible = masks.map(all::plus).orElse(all);
        var functions = possible.narrow(1, 0, actions.functions()).logSoftmax(1);
        if (actions.aimed() == 0) {
            return new Policy(actions, functions, Optional.empty());
        }
        var targets = possible.narrow(1, actions.functions(), (long) actions.aimed() * actions.targets())
                .reshape(-1, actions.aimed(), actions.targets())
                .logSoftmax(WITHIN);
        return new Policy(actions, functions, Optional.of(targets));
    }

    /// The logarithm of the probability of what was done in each situation, `(N)`: of the function, plus that of its
    /// target.
    ///
    /// @param function of each, `N`
    /// @param target of each; those of plain functions do not count
    public Tensor of(int[] function, int[] target) {
        var places = new long[function.length];
        for (int row = 0; row < places.length; row++) {
            places[row] = (long) row * actions.functions() + function[row];
        }
        var chosen = functions.reshape(-1).select(0, Tensor.of(places));
        return targets.map(all -> chosen.plus(aimed(all, function, target))).orElse(chosen);
    }

    private Tensor aimed(Tensor all, int[] function, int[] target) {
        var places = new long[function.length];
        var counts = new float[function.length];
        for (int row = 0; row < places.length; row++) {
            if (actions.aimed(function[row])) {
                int which = row * actions.aimed() + function[row] - actions.plain();
                places[row] = (long) which * actions.targets() + target[row];
                counts[row] = 1;
            }
        }
        return all.reshape(-1).select(0, Tensor.of(places)).times(Tensor.of(counts, counts.length));
    }

    /// The entropy [nats] of each situation, `(N)`: that of the function, plus that of the target of each aimed
    /// function times its probability.
    public Tensor entropy() {
        var likely = functions.exp();
        var ofFunctions = likely.times(functions).sum(1).times(-1);
        return targets.map(all -> {
                    var each = all.exp().times(all).sum(WITHIN).times(-1);
                    var aimed = likely.narrow(1, actions.plain(), actions.aimed());
                    return ofFunctions.plus(aimed.times(each).sum(1));
                })
                .orElse(ofFunctions);
    }

    /// Draws what to do in one situation.
    ///
    /// @param logits those from `at` on, to which masks have been added
    static Actions.Action drawn(Actions actions, float[] logits, int at, RandomGenerator random) {
        int function = Softmax.drawn(logits, at, actions.functions(), random.nextDouble());
        return new Actions.Action(
                function,
                actions.aimed(function)
                        ? Softmax.drawn(
                                logits, at + actions.targetsOf(function), actions.targets(), random.nextDouble())
                        : -1);
    }
}
