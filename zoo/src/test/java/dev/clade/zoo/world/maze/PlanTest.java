package dev.clade.zoo.world.maze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.random.Philox;
import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanTest {

    @ParameterizedTest
    @EnumSource
    void plan_ofALevel_isWalledAndConnected(Maze level) {
        var scene = level.labyrinth(Options.STANDARD);
        scene.reset(Philox.keyed(1, 0, 0, "plan"));
        var plan = scene.scene().plan();
        for (int colour = 0; colour < Colour.COUNT; colour++) {
            plan.unlock(colour);
        }
        holds(plan);
    }

    private static void holds(Plan plan) {
        var distances = new int[plan.cells()];
        int from = 0;
        while (!plan.passable(from)) {
            from++;
        }
        plan.distances(from, distances);
        for (int cell = 0; cell < plan.cells(); cell++) {
            int column = cell % plan.columns();
            int row = cell / plan.columns();
            boolean edge = column == 0 || row == 0 || column == plan.columns() - 1 || row == plan.rows() - 1;
            assertThat(!edge || plan.kind(cell) == Plan.WALL)
                    .as("wall at %d", cell)
                    .isTrue();
            assertThat(distances[cell] < Integer.MAX_VALUE)
                    .as("way to %d", cell)
                    .isEqualTo(plan.passable(cell));
        }
    }

    /// 25 rooms need 24 ways between them, and each loop is a way more.
    @Test
    void mazes_ofManySeeds_areConnectedAndHaveTheirLoops() {
        var plan = new Plan("###########\n".repeat(11));
        var different = new HashSet<Integer>();
        for (int seed = 0; seed < 300; seed++) {
            plan.carve(Philox.keyed(seed, 0, 0, "maze"), 3);
            holds(plan);
            var kinds = new byte[plan.cells()];
            int floor = 0;
            for (int cell = 0; cell < plan.cells(); cell++) {
                kinds[cell] = plan.kind(cell);
                floor += kinds[cell] == Plan.FLOOR ? 1 : 0;
            }
            assertThat(floor).isEqualTo(25 + 24 + 3);
            different.add(Arrays.hashCode(kinds));
        }
        assertThat(different).hasSizeGreaterThan(295);
    }

    @Test
    void distances_andNearer_leadOnAShortestWay() {
        var plan = new Plan("""
            #####
            #...#
            #.#.#
            #.#~#
            #####
            """);
        var distances = new int[plan.cells()];
        plan.distances(13, distances);
        assertThat(distances[16]).isEqualTo(5);
        assertThat(distances[18]).as("a pit").isEqualTo(Integer.MAX_VALUE);
        int cell = 16;
        for (int expected : new int[] {11, 6, 7, 8, 13, 13}) {
            cell = plan.nearer(cell, distances);
            assertThat(cell).isEqualTo(expected);
        }
    }

    /// Places can be told apart.
    @ParameterizedTest
    @EnumSource
    void walls_ofALevel_lookDifferent(Maze level) {
        var world = level.labyrinth(Options.STANDARD);
        world.reset(Philox.keyed(1, 0, 0, "plan"));
        var skins = new HashSet<Integer>();
        for (int cell = 0; cell < world.scene().plan().cells(); cell++) {
            skins.add(world.scene().plan().skin(cell));
        }
        assertThat(skins).hasSizeGreaterThan(12);
    }
}
