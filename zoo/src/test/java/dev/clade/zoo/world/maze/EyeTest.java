package dev.clade.zoo.world.maze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is drawn, in a hall where the wall in the east is red and nothing else is.
class EyeTest {

    private static final int EAST = 0;
    private static final int WEST = Body.HEADINGS / 2;

    /// Nothing is dimmed, so that colours are those of the textures.
    private static final Look BRIGHT = new Look(1e6, 0x808080, 0x808080, 0x808080);

    private final Plan plan = new Plan("""
        ##########
        #........#
        #........#
        #........#
        ##########
        """);
    private final Things things = new Things();
    private final Body body = new Body();

    EyeTest() {
        for (int row = 1; row <= 3; row++) {
            plan.skin(row * 10 + 9, Textures.sign(Colour.RED));
        }
    }

    private float[] seen(int size) {
        var seen = new float[3 * size * size];
        new Eye(size, BRIGHT).see(plan, things, body, seen, 0);
        return seen;
    }

    private static boolean red(float[] seen, int pixel) {
        return seen[pixel] > 2 * seen[pixel + seen.length / 3];
    }

    /// Pixels of a column that are red.
    private static int red(float[] seen, int size, int column) {
        int count = 0;
        for (int row = 0; row < size; row++) {
            count += red(seen, row * size + column) ? 1 : 0;
        }
        return count;
    }

    /// A wall is `size / (2 d)` pixels high, and as far above the middle as below.
    @ParameterizedTest
    @CsvSource({"42, 8.5, 42", "42, 8, 21", "42, 7, 10", "42, 5, 6", "84, 8, 42", "84, 7, 21", "20, 7, 5"})
    void wall_straightAhead_fillsPixelsByItsDistance(int size, double x, int high) {
        body.put(x, 2.5, EAST);
        var seen = seen(size);
        assertThat((double) red(seen, size, size / 2)).isCloseTo(high, within(1.0));
        assertThat(red(seen, size, size / 2 - 1)).isEqualTo(red(seen, size, size / 2));
        int above = 0;
        for (int row = 0; row < size / 2; row++) {
            above += red(seen, row * size + size / 2) ? 1 : 0;
        }
        assertThat(2.0 * above).isCloseTo(red(seen, size, size / 2), within(1.0));
    }

    /// Three cells of red wall, 2 cells away: half of a sight of 90 degrees is 2 cells wide there.
    @Test
    void wall_straightAhead_isStraightAndAsWideAsItIs() {
        body.put(7, 2.5, EAST);
        var seen = seen(42);
        int columns = 0;
        for (int column = 0; column < 42; column++) {
            if (red(seen, 42, column) > 0) {
                columns++;
                assertThat(red(seen, 42, column)).isEqualTo(red(seen, 42, 21));
            }
        }
        assertThat((double) columns).isCloseTo(42 * 3 / 4.0, within(1.0));
        body.put(7, 2.5, WEST);
        assertThat(red(seen(42), 42, 21)).isZero();
    }

    @Test
    void turn_toTheRight_movesWhatIsSeenToTheLeft() {
        body.put(6, 2.5, 4);
        var seen = seen(42);
        int left = 0;
        int right = 0;
        for (int column = 0; column < 21; column++) {
            left += red(seen, 42, column);
            right += red(seen, 42, 41 - column);
        }
        assertThat(left).isGreaterThan(2 * right);
    }

    // --- things

    /// Pixels that are not as they are without things, by column.
    private int[] drawn(int size) {
        var with = seen(size);
        var without = new float[with.length];
        new Eye(size, BRIGHT).see(plan, new Things(), body, without, 0);
        var drawn = new int[size];
        for (int pixel = 0; pixel < size * size; pixel++) {
            drawn[pixel % size] += with[pixel] == without[pixel] ? 0 : 1;
        }
        return drawn;
    }

    private static int sum(int[] drawn, int from, int to) {
        return Arrays.stream(drawn, from, to).sum();
    }

    /// A ball of 0.6 cells, 2 cells away, is `42 x 0.6 / 4 = 6.3` pixels wide, and nearly as high.
    @Test
    void thing_ahead_isInTheMiddleAndAsBigAsItIs() {
        body.put(3.5, 2.5, EAST);
        things.add(Thing.ball(Colour.BLUE), 25);
        var drawn = drawn(42);
        assertThat(sum(drawn, 18, 24)).isEqualTo(sum(drawn, 0, 42)).isBetween(24, 42);
        assertThat(drawn[20]).isBetween(5, 7);
        body.put(3.5, 2.5, WEST);
        assertThat(sum(drawn(42), 0, 42)).isZero();
    }

    @Test
    void thing_toTheRight_isOnTheRight() {
        body.put(3.5, 2.5, EAST);
        things.add(Thing.APPLE, 35);
        var drawn = drawn(42);
        assertThat(sum(drawn, 0, 21)).isZero();
        assertThat(sum(drawn, 21, 42)).isGreaterThan(4);
    }

    @Test
    void apple_behindAWall_isNotSeen() {
        body.put(3.5, 2.5, EAST);
        things.add(Thing.APPLE, 26);
        assertThat(sum(drawn(42), 0, 42)).isPositive();
        plan.set(25, Plan.WALL);
        assertThat(sum(drawn(42), 0, 42)).isZero();
    }

    /// The way to the apple's right side passes the corner of the wall inside of it, that to its left side outside.
    @Test
    void apple_behindAnEdge_isSeenInPart() {
        body.put(3.5, 3.2, EAST);
        things.add(Thing.APPLE, 27);
        int free = sum(drawn(84), 0, 84);
        plan.set(35, Plan.WALL);
        assertThat(sum(drawn(84), 0, 84)).isBetween(free / 10, free - free / 10);
    }

    @Test
    void thing_thatIsNearer_coversTheFarther() {
        body.put(3.5, 2.5, EAST);
        things.add(Thing.ball(Colour.GREEN), 24);
        things.add(Thing.ball(Colour.RED), 27);
        int nearFirst = Arrays.hashCode(seen(42));
        things.clear();
        things.add(Thing.ball(Colour.RED), 27);
        things.add(Thing.ball(Colour.GREEN), 24);
        var seen = seen(42);
        assertThat(Arrays.hashCode(seen)).isEqualTo(nearFirst);
        int pixel = 30 * 42 + 21;
        assertThat(seen[pixel + 42 * 42]).isGreaterThan(seen[pixel]);
    }

    // --- doors, pits, fog

    @Test
    void door_thatOpens_uncoversWhatIsBehind() {
        var doors = new Plan("""
            #######
            #..A..#
            #######
            """);
        var eye = new Eye(42, BRIGHT);
        things.add(Thing.ball(Colour.GREEN), 12);
        body.put(1.5, 1.5, EAST);
        int before = green(eye, doors);
        assertThat(before).isZero();
        doors.unlock(Colour.RED);
        for (int frame = 0; frame < Plan.OPENING; frame++) {
            doors.pass();
            int now = green(eye, doors);
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        assertThat(before).isGreaterThan(5);
    }

    private int green(Eye eye, Plan doors) {
        for (int cell = 0; cell < doors.cells(); cell++) {
            if (doors.kind(cell) == Plan.WALL) {
                doors.skin(cell, Textures.sign(Colour.RED));
            }
        }
        var seen = new float[3 * 42 * 42];
        eye.see(doors, things, body, seen, 0);
        int count = 0;
        for (int pixel = 0; pixel < 42 * 42; pixel++) {
            count += seen[pixel + 42 * 42] > 1.5 * seen[pixel] ? 1 : 0;
        }
        return count;
    }

    /// The floor is grey; a pit is red, and the deeper the darker.
    @Test
    void pit_ahead_isRedBelowTheHorizonAndDarkAtItsBottom() {
        body.put(6, 2.5, WEST);
        assertThat(red(seen(42), 42, 21)).isZero();
        plan.set(24, Plan.PIT);
        var seen = seen(42);
        int first = -1;
        int last = -1;
        for (int row = 0; row < 42; row++) {
            if (red(seen, row * 42 + 21)) {
                first = first < 0 ? row : first;
                last = row;
            }
        }
        // the pit is 1 to 2 cells away: the floor there is 0.5 / d x 21 pixels below the middle
        assertThat(first).isBetween(25, 27);
        assertThat(last).isBetween(30, 32);
        assertThat(seen[last * 42 + 21]).isLessThan(seen[first * 42 + 21]);
    }

    @Test
    void fog_hidesWhatIsFar() {
        body.put(3, 2.5, EAST);
        var seen = new float[3 * 42 * 42];
        new Eye(42, new Look(1.5, 0x0000FF, 0x808080, 0x808080)).see(plan, things, body, seen, 0);
        int middle = 20 * 42 + 21;
        assertThat(seen[middle]).isCloseTo(0, within(0.01f));
        assertThat(seen[middle + 2 * 42 * 42]).isCloseTo(1, within(0.01f));
        body.put(8.5, 2.5, EAST);
        new Eye(42, new Look(1.5, 0x0000FF, 0x808080, 0x808080)).see(plan, things, body, seen, 0);
        assertThat(seen[middle]).isGreaterThan(0.5f);
    }
}
