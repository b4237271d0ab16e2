package dev.clade.bench.worlds;

import dev.clade.random.Philox;
import dev.clade.zoo.world.Frame;
import dev.clade.zoo.world.Player;
import dev.clade.zoo.world.World;
import dev.clade.zoo.world.arcade.Arcade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The arcade games, on one core:
///
/// ```
/// bench/run worlds [--episodes 500] [--pictures FOLDER]
/// ```
///
/// Steps in a second are of random play with everything seen in every step, the median of five rounds of a
/// million; returns are means over episodes, with the seeds that the marks were measured with. Pictures are
/// four moments of the scripted player's episode 0.
public final class Worlds {

    private static final int STEPS = 1_000_000;
    private static final int ROUNDS = 5;
    private static final int MOMENTS = 4;
    private static final int BETWEEN = 35;
    private static final int SCALE = 12;

    private Worlds() {}

    public static void main(String[] words) throws IOException {
        int episodes = 500;
        for (int i = 0; i + 1 < words.length; i += 2) {
            switch (words[i]) {
                case "--episodes" -> episodes = Integer.parseInt(words[i + 1]);
                case "--pictures" -> draw(Path.of(words[i + 1]));
                default -> throw new IllegalArgumentException("unknown option " + words[i]);
            }
        }
        System.out.println("game        steps/s, seen     random (sd)    scripted (sd)  scripted length");
        for (var game : Arcade.values()) {
            var random = played(game, episodes, false);
            var scripted = played(game, episodes, true);
            System.out.printf(
                    Locale.ROOT,
                    "%-10s  %13.0f  %6.2f (%5.2f)  %6.2f (%5.2f)  %15.1f%n",
                    game.word(),
                    rate(game),
                    random.mean(),
                    random.deviation(),
                    scripted.mean(),
                    scripted.deviation(),
                    scripted.length());
        }
    }

    /// What came of some episodes.
    private record Played(double mean, double deviation, double length) {}

    private static Played played(Arcade game, int episodes, boolean knowing) {
        var world = game.world();
        double sum = 0;
        double squares = 0;
        long steps = 0;
        for (int i = 0; i < episodes; i++) {
            var player = knowing ? world.scripted() : Player.random(world.actions(), Philox.keyed(i, 0, 0, "player"));
            world.reset(Philox.keyed(i, 0, 0, "marks"));
            double played = 0;
            while (!world.ended()) {
                played += world.step(player.act());
                steps++;
            }
            sum += played;
            squares += played * played;
        }
        double mean = sum / episodes;
        return new Played(mean, Math.sqrt(squares / episodes - mean * mean), (double) steps / episodes);
    }

    private static double rate(Arcade game) {
        var rates = new double[ROUNDS];
        var world = game.world();
        var random = Philox.keyed(1, 0, 0, "rate");
        var seen = new float[world.shape().size()];
        world.reset(random);
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            for (int step = 0; step < STEPS; step++) {
                world.step(random.nextInt(world.actions()));
                world.observe(seen, 0);
                if (world.ended()) {
                    world.reset(random);
                }
            }
            rates[round] = STEPS * 1e9 / (System.nanoTime() - began);
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }

    private static void draw(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var game : Arcade.values()) {
            Frame.sheet(moments(game.world()), MOMENTS, SCALE / 2, 0xFFFFFF)
                    .png(folder.resolve("arcade-" + game.word() + ".png"));
        }
    }

    private static List<Frame> moments(World world) {
        var frames = new ArrayList<Frame>();
        var player = world.scripted();
        world.reset(Philox.keyed(0, 0, 0, "marks"));
        for (int step = 1; frames.size() < MOMENTS && !world.ended(); step++) {
            world.step(player.act());
            if (step % BETWEEN == 0) {
                frames.add(world.frame(SCALE));
            }
        }
        return frames;
    }
}
