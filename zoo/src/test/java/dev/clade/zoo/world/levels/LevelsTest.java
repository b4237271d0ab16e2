package dev.clade.zoo.world.levels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.arcade.Arcade;
import dev.clade.zoo.world.battle.Battle;
import dev.clade.zoo.world.maze.Maze;
import org.junit.jupiter.api.Test;

class LevelsTest {

    @Test
    void words_findTheLevelsOfEveryWorld() {
        assertThat(Levels.find("bricks")).contains(Arcade.BRICKS);
        assertThat(Levels.find("battle/mixed")).contains(Battle.MIXED);
        assertThat(Levels.find("maze/random_maze")).contains(Maze.RANDOM_MAZE);
        assertThat(Levels.find("battle/melee")).contains(Battle.MELEE);
        assertThat(Levels.find("mixed")).isEmpty();
        assertThat(Levels.find("melee")).isEmpty();
        assertThat(Levels.find("apples")).isEmpty();
        assertThat(Levels.words()).contains("battle/melee", "battle/find_and_kill");
        assertThat(Levels.words().stream().filter(word -> word.startsWith("battle/")))
                .hasSize(7);
        assertThat(Levels.words()).doesNotHaveDuplicates().hasSize(Levels.all().size());
    }

    @Test
    void marks_ofEveryLevel_putScriptedPlayAboveRandomPlay() {
        assertThat(Levels.all()).allSatisfy(LevelsTest::holds);
    }

    private static void holds(Level level) {
        assertThat(level.marks().scripted()).isGreaterThan(level.marks().random());
        assertThat(level.world().actions()).isPositive();
    }
}
