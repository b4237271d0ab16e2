package dev.clade.zoo.agent;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Weights;
import dev.clade.zoo.world.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Fresh episodes of an agent, which begin and end with a measurement: the policy as it is, with actions drawn.
///
/// @param purpose what stands before the purposes of their streams
record Episodes(Agent<?> agent, Settings settings, String purpose) {

    /// Pixels of a picture's longer side, about.
    private static final int SIDE = 160;

    private static final int SCALE = 10;

    /// The returns of so many, played at once. Each has random numbers of its own, for what happens and for what is
    /// done.
    List<Double> returns(Weights weights, int count, long seed) {
        if (count == 0) {
            return List.of();
        }
        var worlds = worlds(count, seed);
        play(weights, worlds, seed, () -> {});
        return IntStream.range(0, count).mapToObj(worlds::played).toList();
    }

    /// What one looks like, from its beginning to its end.
    List<Frame> frames(Weights weights, long seed) {
        var worlds = worlds(1, seed);
        var frames = new ArrayList<Frame>();
        var shape = worlds.world(0).shape();
        int scale = Math.clamp(SIDE / Math.max(shape.height(), shape.width()), 1, SCALE);
        Runnable drawn = () -> frames.add(worlds.world(0).frame(scale));
        drawn.run();
        play(weights, worlds, seed, drawn);
        return frames;
    }

    private Environments worlds(int count, long seed) {
        return new Environments(
                settings::world, count, agent.network().memory(), Randomness.keyed(seed, 0, 0), purpose + "episode");
    }

    private void play(Weights weights, Environments worlds, long seed, Runnable after) {
        var random = Randomness.keyed(seed, 0, 0);
        List<RandomGenerator> actions = IntStream.range(0, worlds.count())
                .mapToObj(i -> random.of(purpose + "actions/" + i))
                .toList();
        var acting = new Acting(agent, weights, worlds);
        while (IntStream.range(0, worlds.count()).anyMatch(i -> !worlds.ended(i))) {
            acting.look();
            acting.remember();
            for (int i = 0; i < worlds.count(); i++) {
                if (!worlds.ended(i)) {
                    acting.act(i, acting.choose(i, actions.get(i)));
                }
            }
            after.run();
        }
    }
}
