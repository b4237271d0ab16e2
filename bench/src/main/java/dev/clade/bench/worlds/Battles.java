package dev.clade.bench.worlds;

import dev.clade.random.Philox;
import dev.clade.zoo.world.Frame;
import dev.clade.zoo.world.Player;
import dev.clade.zoo.world.Targeted;
import dev.clade.zoo.world.World;
import dev.clade.zoo.world.battle.Battle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The battle grid, on one core:
///
/// ```
/// bench/run battles [--episodes 500] [--pictures FOLDER]
/// ```
///
/// Steps in a second are of random play over what is possible, the median of five rounds: first with
/// everything seen in every step, actions recorded beforehand, then with the two masks that an actor with
/// two heads asks for as well, and the drawing of the action from them. Returns are means over episodes,
/// with the seeds that the marks were measured with. Pictures are four moments of the scripted player's
/// episode 0.
public final class Battles {

    private static final int STEPS = 200_000;
    private static final int ROUNDS = 5;
    private static final int MOMENTS = 4;
    private static final int BETWEEN = 22;
    private static final int SCALE = 12;

    private Battles() {}

    public static void main(String[] words) throws IOException {
        int episodes = 500;
        for (int i = 0; i + 1 < words.length; i += 2) {
            switch (words[i]) {
                case "--episodes" -> episodes = Integer.parseInt(words[i + 1]);
                case "--pictures" -> draw(Path.of(words[i + 1]));
                default -> throw new IllegalArgumentException("unknown option " + words[i]);
            }
        }
        System.out.println(
                "game                   steps/s, seen  seen and masked     random (sd)     scripted (sd)  length");
        for (var game : Battle.values()) {
            var random = played(game, episodes, false);
            var scripted = played(game, episodes, true);
            System.out.printf(
                    Locale.ROOT,
                    "%-21s  %13.0f  %15.0f  %7.2f (%5.2f)  %7.2f (%5.2f)  %6.1f%n",
                    game.word(),
                    rate(game, false),
                    rate(game, true),
                    random.mean(),
                    random.deviation(),
                    scripted.mean(),
                    scripted.deviation(),
                    scripted.length());
        }
    }

    /// What came of some episodes.
    private record Played(double mean, double deviation, double length) {}

    private static Played played(Battle game, int episodes, boolean knowing) {
        var world = game.world();
        double sum = 0;
        double squares = 0;
        long steps = 0;
        for (int i = 0; i < episodes; i++) {
            var player = knowing ? world.scripted() : Targeted.random(world, Philox.keyed(i, 0, 0, "player"));
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

    private static double rate(Battle game, boolean masked) {
        var rates = new double[ROUNDS];
        var world = game.world();
        var actions = recorded(world);
        for (int round = 0; round < ROUNDS; round++) {
            var random = Philox.keyed(1, 0, 0, "rate");
            var player = masked ? Targeted.random(world, Philox.keyed(1, 0, 0, "player")) : replayed(actions);
            long began = System.nanoTime();
            play(world, player, random);
            rates[round] = STEPS * 1e9 / (System.nanoTime() - began);
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }

    private static Player replayed(int[] actions) {
        var next = Arrays.stream(actions).iterator();
        return next::nextInt;
    }

    private static void play(World world, Player player, Philox random) {
        var seen = new float[world.shape().size()];
        world.reset(random);
        for (int step = 0; step < STEPS; step++) {
            world.step(player.act());
            world.observe(seen, 0);
            if (world.ended()) {
                world.reset(random);
            }
        }
    }

    private static int[] recorded(Targeted world) {
        var actions = new int[STEPS];
        var player = Targeted.random(world, Philox.keyed(1, 0, 0, "player"));
        var random = Philox.keyed(1, 0, 0, "rate");
        world.reset(random);
        for (int step = 0; step < STEPS; step++) {
            actions[step] = player.act();
            world.step(actions[step]);
            if (world.ended()) {
                world.reset(random);
            }
        }
        return actions;
    }

    private static void draw(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var game : Battle.values()) {
            var name = game.word().replace('/', '-').replace('_', '-');
            Frame.sheet(moments(game.world()), MOMENTS, SCALE / 2, 0xFFFFFF).png(folder.resolve(name + ".png"));
        }
    }

    private static List<Frame> moments(World world) {
        var frames = new ArrayList<Frame>();
        var player = world.scripted();
        world.reset(Philox.keyed(0, 0, 0, "marks"));
        for (int step = 1; frames.size() < MOMENTS && !world.ended(); step++) {
            world.step(player.act());
            if (step % BETWEEN == BETWEEN / 2) {
                frames.add(world.frame(SCALE));
            }
        }
        return frames;
    }
}
