package dev.clade.zoo.actor;

import dev.clade.random.Randomness;
import dev.clade.trainer.Evaluation;
import dev.clade.zoo.world.Marks;
import dev.clade.zoo.world.World;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Episodes of one member, each to its end. Each has its own random numbers, for what happens and for what is
/// done.
final class Plays {

    private final Environments environments;
    private final List<RandomGenerator> actions;
    private boolean diverged;

    /// @param purpose what stands before the purposes of its streams
    Plays(Settings settings, int count, long seed, String purpose) {
        var random = Randomness.keyed(seed, 0, 0);
        environments = new Environments(settings::world, count, random, purpose + "episode");
        actions = IntStream.range(0, count)
                .mapToObj(i -> random.of(purpose + "actions/" + i))
                .toList();
    }

    /// Numbers that are seen of all.
    int size() {
        return environments.count() * environments.size();
    }

    World world(int which) {
        return environments.world(which);
    }

    boolean going() {
        return !diverged && IntStream.range(0, environments.count()).anyMatch(i -> !environments.ended(i));
    }

    /// Writes what is seen now; what is over is left as it was.
    void observe(float[] into, int at) {
        for (int i = 0; i < environments.count(); i++) {
            if (!environments.ended(i)) {
                environments.observe(i, into, at + i * environments.size());
            }
        }
    }

    /// Acts wherever it is not over.
    ///
    /// @param said what the network said of all, from `at` on
    void act(float[] said, int at) {
        int outputs = environments.actions() + 1;
        for (int i = 0; i < environments.count(); i++) {
            if (!environments.ended(i)) {
                int place = at + i * outputs;
                diverged |= !Float.isFinite(said[place]);
                environments.step(
                        i,
                        Choice.SAMPLED.of(
                                said,
                                place,
                                environments.actions(),
                                actions.get(i).nextDouble()));
            }
        }
    }

    /// `return`, and `normalised` as a share of the way from random play to scripted.
    Evaluation evaluation(Marks marks, String prefix) {
        var returns = IntStream.range(0, environments.count())
                .mapToObj(i -> diverged ? Double.NaN : environments.played(i))
                .toList();
        return Evaluation.of(prefix + "return", returns)
                .and(Evaluation.of(
                        prefix + "normalised",
                        returns.stream().map(marks::normalised).toList()));
    }
}
