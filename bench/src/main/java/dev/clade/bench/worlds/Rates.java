package dev.clade.bench.worlds;

import dev.clade.random.Philox;
import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.Player;
import dev.clade.zoo.world.Targeted;
import dev.clade.zoo.world.World;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.IntUnaryOperator;

/// Steps of random play in a second, new episodes included: medians of five rounds of a fifth of a second
/// after one that does not count.
///
/// @param alone with actions that were recorded beforehand, and nothing seen
/// @param seen with everything seen in every step as well: of a maze, a picture is drawn
/// @param masked with everything seen, and actions drawn from the masks of functions and of targets
record Rates(double alone, double seen, OptionalDouble masked) {

    private static final int ROUNDS = 5;
    private static final long NANOSECONDS = 200_000_000;

    /// Steps of the play that is repeated until a round is over.
    private static final int STEPS = 10_000;

    static Rates of(Level level) {
        var world = level.world();
        var actions = new int[STEPS];
        var recorded = drawn(world);
        play(world, step -> actions[step] = recorded.act(), () -> {});
        var seen = new float[world.shape().size()];
        Runnable look = () -> world.observe(seen, 0);
        double alone = rate(() -> play(world, step -> actions[step], () -> {}));
        double replayed = rate(() -> play(world, step -> actions[step], look));
        if (!(world instanceof Targeted)) {
            return new Rates(alone, replayed, OptionalDouble.empty());
        }
        var masked = rate(() -> {
            var player = drawn(world);
            play(world, _ -> player.act(), look);
        });
        return new Rates(alone, replayed, OptionalDouble.of(masked));
    }

    private static Player drawn(World world) {
        return world.random(Philox.keyed(1, 0, 0, "player"));
    }

    /// Always the same play.
    private static void play(World world, IntUnaryOperator action, Runnable look) {
        var random = Philox.keyed(1, 0, 0, "rate");
        world.reset(random);
        for (int step = 0; step < STEPS; step++) {
            world.step(action.applyAsInt(step));
            look.run();
            if (world.ended()) {
                world.reset(random);
            }
        }
    }

    private static double rate(Runnable play) {
        round(play);
        var rates = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rates[i] = round(play);
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }

    private static double round(Runnable play) {
        long began = System.nanoTime();
        long passed = 0;
        int plays = 0;
        while (passed < NANOSECONDS) {
            play.run();
            plays++;
            passed = System.nanoTime() - began;
        }
        return plays * (STEPS * 1e9) / passed;
    }
}
