package dev.clade.zoo.actor;

import dev.clade.trainer.Stretch;
import dev.clade.zoo.tensor.Host;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// What `K` members do before an update, all at once: they act for as many steps as one unrolls.
///
/// @param network of all of them, `(K, N, seen)` to `(K, N, actions + 1)`
/// @param outputs of the network, `actions + 1`
record Playing(List<Segment> segments, UnaryOperator<Tensor> network, int outputs) {

    /// Acts, and says what came of it.
    Loss loss() {
        int members = segments.size();
        int unroll = segments.getFirst().values().unroll();
        var rollouts = segments.stream()
                .map(segment -> new Rollout(segment, unroll, outputs))
                .toList();
        var seen = new ArrayList<Tensor>();
        for (int step = 0; step < unroll; step++) {
            seen.add(seen(rollouts));
            var said = said(seen.getLast());
            Host.each(members, i -> rollouts.get(i).act(said, i * said.length / members));
        }
        var last = said(seen(rollouts));
        int rows = unroll * segments.getFirst().environments().count();
        int actions = outputs - 1;
        var advantages = new float[members * rows * actions];
        var returns = new float[members * rows];
        Host.each(members, i -> {
            var rollout = rollouts.get(i);
            rollout.end(last, i * last.length / members);
            rollout.advantages(advantages, i * rows * actions);
            rollout.returns(returns, i * rows);
        });
        return Loss.of(
                network.apply(Tensor.joined(seen, 1)),
                Tensor.of(advantages, members, rows, actions),
                Tensor.of(returns, members, rows, 1));
    }

    private static Tensor seen(List<Rollout> rollouts) {
        int size = rollouts.getFirst().size();
        int environments = rollouts.getFirst().environments();
        var rows = new float[rollouts.size() * environments * size];
        Host.each(rollouts.size(), i -> rollouts.get(i).observe(rows, i * environments * size));
        return Tensor.of(rows, rollouts.size(), environments, size);
    }

    private float[] said(Tensor seen) {
        try (var _ = Scope.still()) {
            return network.apply(seen).floats();
        }
    }

    /// Steps between live measurements.
    private static final int REPORT = 50;

    /// Live measurements: `entropy` of the policy and `training_return`, the mean of the last ten episodes.
    static void report(List<Segment> segments, List<Stretch> stretches, Loss loss) {
        if (stretches.stream().noneMatch(Playing::due)) {
            return;
        }
        var entropies = loss.entropies();
        for (int i = 0; i < entropies.length; i++) {
            var stretch = stretches.get(i);
            if (due(stretch)) {
                stretch.report("entropy", entropies[i]);
                segments.get(i).recent().ifPresent(recent -> stretch.report("training_return", recent));
            }
        }
    }

    private static boolean due(Stretch stretch) {
        return stretch.step() % REPORT == 0;
    }
}
