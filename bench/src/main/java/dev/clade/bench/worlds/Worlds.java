package dev.clade.bench.worlds;

import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.Marks;
import dev.clade.zoo.world.World;
import dev.clade.zoo.world.levels.Levels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/// All levels of all worlds, on one core:
///
/// ```
/// bench/run worlds [--levels WORD,...] [--episodes N] [--pictures FOLDER]
/// ```
///
/// A word is that of a level, or what the words of some begin with, such as `battle/`. Speeds are those of
/// [Rates]; returns are means, with the deviations of episodes, over the first N episodes, or over those that a
/// level's marks were measured with; pictures are those of [Pictures].
public final class Worlds {

    private Worlds() {}

    public static void main(String[] words) throws IOException {
        var levels = Levels.all();
        var episodes = OptionalInt.empty();
        Path folder = null;
        for (int i = 0; i < words.length; i += 2) {
            if (i + 1 == words.length) {
                throw new IllegalArgumentException("nothing follows " + words[i]);
            }
            var value = words[i + 1];
            switch (words[i]) {
                case "--levels" -> levels = named(value);
                case "--episodes" -> episodes = OptionalInt.of(Integer.parseInt(value));
                case "--pictures" -> folder = Path.of(value);
                default -> throw new IllegalArgumentException("unknown option " + words[i]);
            }
        }
        if (folder != null) {
            Pictures.draw(levels, folder);
        }
        System.out.println(
                "level                      steps/s         seen   and masked      random (sd)     scripted (sd)");
        for (var level : levels) {
            System.out.println(row(level, episodes.orElse(level.marks().episodes())));
        }
    }

    private static List<Level> named(String words) {
        var beginnings = words.split(",");
        for (var beginning : beginnings) {
            if (Levels.words().stream().noneMatch(word -> word.startsWith(beginning))) {
                throw new IllegalArgumentException("no level is " + beginning + ": " + Levels.words());
            }
        }
        return Levels.all().stream()
                .filter(level -> Arrays.stream(beginnings).anyMatch(level.word()::startsWith))
                .toList();
    }

    private static String row(Level level, int episodes) {
        var random = Played.of(level, episodes, Marks::random);
        var scripted = Played.of(level, episodes, Marks::scripted);
        var rates = Rates.of(level);
        return String.format(
                Locale.ROOT,
                "%-21s  %,11.0f  %,11.0f  %11s  %7.2f (%5.2f)  %8.2f (%5.2f)",
                level.word(),
                rates.alone(),
                rates.seen(),
                rates.masked().isEmpty()
                        ? "-"
                        : String.format(Locale.ROOT, "%,.0f", rates.masked().getAsDouble()),
                random.mean(),
                random.deviation(),
                scripted.mean(),
                scripted.deviation());
    }

    /// What came of some episodes.
    private record Played(double mean, double deviation) {

        static Played of(Level level, int episodes, ToDoubleBiFunction<World, Integer> episode) {
            var world = level.world();
            var returns = IntStream.range(0, episodes)
                    .mapToDouble(i -> episode.applyAsDouble(world, i))
                    .toArray();
            double mean = Arrays.stream(returns).sum() / episodes;
            double squares =
                    Arrays.stream(returns).map(played -> played * played).sum();
            return new Played(mean, Math.sqrt(squares / episodes - mean * mean));
        }
    }
}
