package dev.clade.zoo.world.maze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.random.Philox;
import dev.clade.zoo.world.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Some moves of each level, by hand: the body and things are put where the test says.
class RulesTest {

    private static final int EAST = 0;
    private static final int SOUTH = Body.HEADINGS / 4;
    private static final int WEST = Body.HEADINGS / 2;
    private static final int NORTH = 3 * Body.HEADINGS / 4;

    private static Labyrinth begun(Maze level) {
        var world = level.labyrinth(Options.STANDARD);
        world.reset(Philox.keyed(1, 0, 0, "rules"));
        return world;
    }

    /// Rewards of moves of one letter each: ahead, back, strafe to left and right, turn to left and right (of 22.5
    /// degrees).
    private static List<Double> rewards(World world, String moves) {
        var rewards = new ArrayList<Double>();
        for (char move : moves.toCharArray()) {
            rewards.add(world.step("^v<>LR".indexOf(move)));
        }
        return rewards;
    }

    private static int cell(Labyrinth world, int column, int row) {
        return row * world.scene().plan().columns() + column;
    }

    // --- apples

    /// 2 cells to the apple, which is touched less than half a cell before: in the 13th frame.
    @Test
    void apples_oneThatIsEaten_growsElsewhere() {
        var world = begun(Maze.APPLES);
        var things = world.scene().things();
        assertThat(things.count()).isEqualTo(8);
        things.clear();
        things.add(Thing.APPLE, cell(world, 3, 1));
        world.scene().body().put(1.5, 1.5, EAST);
        assertThat(rewards(world, "^^^")).containsExactly(0.0, 0.0, 0.0);
        assertThat(world.scene().body().x()).isEqualTo(3);
        assertThat(rewards(world, "^")).containsExactly(1.0);
        assertThat(things.there(0)).isTrue();
        assertThat(things.cell(0)).isNotEqualTo(cell(world, 3, 1));
        assertThat(world.ended()).isFalse();
    }

    @Test
    void apples_afterTheLimit_end() {
        var world = Maze.APPLES.labyrinth(new Options(8, 1, 5));
        world.reset(Philox.keyed(1, 0, 0, "rules"));
        rewards(world, "LLLL");
        assertThat(world.ended()).isFalse();
        rewards(world, "L");
        assertThat(world.ended()).isTrue();
    }

    // --- goal

    @Test
    void goal_thatIsReached_staysAndTheBodyIsElsewhere() {
        var world = begun(Maze.GOAL);
        var scene = world.scene();
        int goal = scene.things().cell(0);
        assertThat(scene.things().count()).isOne();
        scene.things().put(0, cell(world, 1, 3));
        scene.body().put(1.5, 1.5, SOUTH);
        assertThat(rewards(world, "^^^^")).containsExactly(0.0, 0.0, 0.0, 10.0);
        assertThat(scene.things().cell(0)).isEqualTo(cell(world, 1, 3));
        assertThat(scene.cell()).isNotEqualTo(cell(world, 1, 3));
        assertThat(world.ended()).isFalse();
        world.reset(Philox.keyed(1, 0, 0, "rules"));
        assertThat(scene.things().cell(0)).isEqualTo(goal);
        world.reset(Philox.keyed(2, 0, 0, "rules"));
        assertThat(scene.things().cell(0)).isNotEqualTo(goal);
    }

    @Test
    void randomMaze_applesThatAreEaten_growAgainWithTheGoal() {
        var world = begun(Maze.RANDOM_MAZE);
        var scene = world.scene();
        var things = scene.things();
        assertThat(things.count()).isEqualTo(5);
        assertThat(rewards(world, at(world, 1))).containsExactly(1.0);
        assertThat(things.there(1)).isFalse();
        assertThat(rewards(world, at(world, 0))).containsExactly(10.0);
        assertThat(things.there(1)).isTrue();
    }

    /// Puts the body on a thing.
    ///
    /// @return a turn
    private static String at(Labyrinth world, int thing) {
        var plan = world.scene().plan();
        int cell = world.scene().things().cell(thing);
        world.scene().body().put(plan.x(cell), plan.y(cell), EAST);
        return "L";
    }

    // --- hallway

    /// From the middle of the first cell to the pit at column 4: 2.5 cells are 20 frames.
    @Test
    void hallway_aPit_costsAndEndsIt() {
        var world = begun(Maze.HALLWAY);
        var plan = world.scene().plan();
        assertThat(world.scene().body().x()).isEqualTo(1.5);
        world.scene().things().clear();
        for (int row = 1; row <= 3; row++) {
            plan.set(cell(world, 4, row), Plan.PIT);
        }
        assertThat(rewards(world, "^^^^")).containsExactly(0.0, 0.0, 0.0, 0.0);
        assertThat(world.ended()).isFalse();
        assertThat(rewards(world, "^")).containsExactly(-1.0);
        assertThat(world.ended()).isTrue();
        assertThat(world.scene().body().x()).isEqualTo(4);
    }

    @Test
    void hallway_everyGate_hasTwoPitsAndAnAppleBehind() {
        var world = begun(Maze.HALLWAY);
        var plan = world.scene().plan();
        for (int column = 1; column < plan.columns() - 1; column++) {
            int pits = 0;
            for (int row = 1; row <= 3; row++) {
                pits += plan.kind(cell(world, column, row)) == Plan.PIT ? 1 : 0;
            }
            assertThat(pits).isEqualTo(column >= 4 && column < 19 && column % 3 == 1 ? 2 : 0);
        }
        assertThat(world.scene().things().count()).isEqualTo(6);
        rewards(world, at(world, 5));
        assertThat(world.scene().body().x()).isEqualTo(1.5);
    }

    // --- doors

    @Test
    void doors_aKey_opensTheDoorOfItsColour() {
        var world = begun(Maze.DOORS);
        var scene = world.scene();
        var things = scene.things();
        things.clear();
        things.add(Thing.key(Colour.RED), cell(world, 4, 2));
        things.add(Thing.key(Colour.BLUE), cell(world, 1, 2));
        things.add(Thing.GOAL, cell(world, 1, 6));
        scene.body().put(6.5, 2.5, WEST);
        assertThat(rewards(world, "^^^^")).containsExactly(0.0, 0.0, 0.0, 1.0);
        assertThat(scene.plan().blocked(cell(world, 3, 2))).isTrue();
        rewards(world, "^^^");
        assertThat(scene.plan().blocked(cell(world, 3, 2))).isFalse();
        assertThat(scene.plan().blocked(cell(world, 3, 6))).isTrue();
        assertThat(rewards(world, "^^^^").stream().mapToDouble(r -> r).sum()).isEqualTo(1.0);
        rewards(world, "vvvvvvv");
        scene.body().put(4.5, 6.5, WEST);
        assertThat(rewards(world, "^^^^^^^")).contains(10.0);
        assertThat(scene.plan().blocked(cell(world, 3, 2))).as("shut again").isTrue();
        assertThat(scene.cell() % 11).as("in the hall").isBetween(4, 6);
    }

    @Test
    void doors_withoutAKey_stayShut() {
        var world = begun(Maze.DOORS);
        world.scene().things().clear();
        world.scene().body().put(4.5, 2.5, WEST);
        rewards(world, "^^^^^^^^");
        assertThat(world.scene().body().x()).isEqualTo(4.25);
    }

    // --- colours

    @Test
    void colours_theBallOfTheSign_isWorthTenAndOthersCost() {
        var world = begun(Maze.COLOURS);
        var things = world.scene().things();
        int right = 0;
        for (int round = 0; round < 60; round++) {
            assertThat(things.count()).isEqualTo(3);
            assertThat(List.of(things.kind(0), things.kind(1), things.kind(2))).doesNotHaveDuplicates();
            int sign = world.scene().plan().skin(cell(world, 0, 7));
            int ball = round % 3;
            boolean wanted = sign == Textures.sign(things.kind(ball).colour());
            assertThat(rewards(world, at(world, ball))).containsExactly(wanted ? 10.0 : -1.0);
            assertThat(world.scene().cell()).isEqualTo(cell(world, 1, 7));
            right += wanted ? 1 : 0;
        }
        // of 60 with probability 1/3: mean 20, deviation 3.65
        assertThat(right).isBetween(9, 31);
    }

    /// Nothing that is seen in the hall of the balls says which colour was shown: it has to be remembered.
    @Test
    void colours_theSign_isNotSeenWhereTheBallsAre() {
        var world = begun(Maze.COLOURS);
        var plan = world.scene().plan();
        var body = world.scene().body();
        int sign = plan.skin(cell(world, 0, 7));
        int places = 0;
        for (double y = 1.25; y < 4; y += 0.25) {
            for (double x = 1.25; x < 8; x += 0.25) {
                if (Body.fits(plan, x, y, Body.RADIUS)) {
                    places++;
                    for (int heading = 0; heading < Body.HEADINGS; heading += 4) {
                        body.put(x, y, heading);
                        var one = seen(world);
                        painted(plan, sign, Textures.wall(0));
                        assertThat(seen(world)).isEqualTo(one);
                        painted(plan, Textures.wall(0), sign);
                    }
                }
            }
        }
        assertThat(places).isGreaterThan(50);
        body.put(1.5, 7.5, NORTH);
        var one = seen(world);
        painted(plan, sign, Textures.wall(0));
        assertThat(seen(world)).isNotEqualTo(one);
    }

    private static float[] seen(Labyrinth world) {
        var seen = new float[world.shape().size()];
        world.observe(seen, 0);
        return seen;
    }

    private static void painted(Plan plan, int from, int to) {
        for (int row = 5; row < 9; row++) {
            for (int column = 0; column < 4; column++) {
                int cell = row * plan.columns() + column;
                if (plan.skin(cell) == from) {
                    plan.skin(cell, to);
                }
            }
        }
    }

    // --- fog

    @Test
    void fog_aGoalThatIsNear_isSeenAndOneThatIsFarHardly() {
        var world = begun(Maze.FOG);
        world.scene().body().put(1.5, 1.5, EAST);
        world.scene().things().put(0, cell(world, 3, 1));
        double near = contrast(world);
        world.scene().things().put(0, cell(world, 8, 1));
        double far = contrast(world);
        assertThat(near).isGreaterThan(0.2);
        assertThat(far).isLessThan(0.01);
    }

    /// The largest change that the goal makes in what is seen.
    private static double contrast(Labyrinth world) {
        var with = seen(world);
        world.scene().things().remove(0);
        var without = seen(world);
        double most = 0;
        for (int i = 0; i < with.length; i++) {
            most = Math.max(most, Math.abs(with[i] - without[i]));
        }
        return most;
    }
}
