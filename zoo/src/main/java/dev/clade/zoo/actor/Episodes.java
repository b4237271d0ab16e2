package dev.clade.zoo.actor;

import dev.clade.trainer.Evaluation;
import dev.clade.zoo.tensor.Host;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/// Fresh episodes that members play to be measured, all at once: the policy as it is, with actions drawn.
/// They begin and end with the measurement, so that nothing of training is in them.
///
/// @param count how many
/// @param prefix of the names of metrics, and of what is drawn from
record Episodes(int count, String prefix) {

    /// As many as the paper's evaluations have.
    static final Episodes EVALUATED = new Episodes(10, "");

    static final Episodes REPORTED = new Episodes(30, "test_");

    /// Measures `K` members.
    ///
    /// @param seeds of each
    /// @param network of all of them, `(K, N, seen)` to `(K, N, actions + 1)`
    /// @return samples of `return` and `normalised` of each; diverged where the network says what is no
    /// number
    List<Evaluation> played(Settings settings, List<Long> seeds, UnaryOperator<Tensor> network) {
        var members = seeds.stream()
                .map(seed -> new Plays(settings, count, seed, prefix))
                .toList();
        int size = members.getFirst().size();
        var rows = new float[members.size() * size];
        while (members.stream().anyMatch(Plays::going)) {
            Host.each(members.size(), i -> members.get(i).observe(rows, i * size));
            try (var _ = Scope.still()) {
                var said = network.apply(Tensor.of(rows, members.size(), count, size / count))
                        .floats();
                Host.each(members.size(), i -> members.get(i).act(said, i * said.length / members.size()));
            }
        }
        return members.stream()
                .map(plays -> plays.evaluation(settings.level().marks(), prefix))
                .toList();
    }
}
