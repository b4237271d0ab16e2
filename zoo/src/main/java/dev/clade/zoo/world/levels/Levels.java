package dev.clade.zoo.world.levels;

import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.arcade.Arcade;
import dev.clade.zoo.world.battle.Battle;
import dev.clade.zoo.world.maze.Maze;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All levels of all worlds, by the words that experiment files use: `bricks`, `battle/melee`, `maze/goal`.
public final class Levels {

    private static final List<Level> ALL = Stream.<Level>concat(
                    Arrays.stream(Arcade.values()),
                    Stream.concat(Arrays.stream(Battle.values()), Arrays.stream(Maze.values())))
            .toList();

    private Levels() {}

    public static List<Level> all() {
        return ALL;
    }

    public static List<String> words() {
        return ALL.stream().map(Level::word).toList();
    }

    /// The level of a word.
    public static Optional<Level> find(String word) {
        return ALL.stream().filter(level -> level.word().equals(word)).findFirst();
    }
}
