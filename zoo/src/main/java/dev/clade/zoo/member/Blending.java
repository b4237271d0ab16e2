package dev.clade.zoo.member;

import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Weights shrunk towards others that are drawn anew (Ash, Adams 2020, arXiv 1910.08475).
final class Blending {

    private Blending() {}

    /// `keep` times the weights as they are plus `fresh` times those that `draw` makes of them. What optimisers knew
    /// belonged to weights that are no more: drawing makes them forget it.
    static void blend(List<Weights> weights, double keep, double fresh, Runnable draw) {
        var old = new ArrayList<TreeMap<String, Tensor>>();
        for (var some : weights) {
            var kept = new TreeMap<String, Tensor>();
            some.names().forEach(name -> kept.put(name, some.get(name).times(keep)));
            old.add(kept);
        }
        draw.run();
        for (int i = 0; i < old.size(); i++) {
            var some = weights.get(i);
            old.get(i).forEach((name, kept) -> some.get(name).timesHere(fresh).plusHere(kept, 1));
        }
    }
}
