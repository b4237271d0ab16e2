package dev.clade.zoo.world.maze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import org.junit.jupiter.api.Test;

class BodyTest {

    private static final int EAST = 0;
    private static final int SOUTH = Body.HEADINGS / 4;
    private static final int WEST = Body.HEADINGS / 2;
    private static final int NORTH = 3 * Body.HEADINGS / 4;

    private final Plan plan = new Plan("""
        ######
        #....#
        #.##.#
        #....#
        ######
        """);
    private final Body body = new Body();

    private void move(Move move, int frames) {
        for (int frame = 0; frame < frames; frame++) {
            body.move(plan, move);
        }
    }

    @Test
    void walk_alongAnAxis_isAnEighthOfACellAFrame() {
        body.put(1.5, 1.5, EAST);
        move(Move.AHEAD, 8);
        assertThat(body.x()).isEqualTo(2.5);
        assertThat(body.y()).isEqualTo(1.5);
        move(Move.BACK, 4);
        assertThat(body.x()).isEqualTo(2);
    }

    @Test
    void strafe_whoLooksSouth_goesWestToTheRight() {
        body.put(3, 1.5, SOUTH);
        move(Move.RIGHT, 4);
        assertThat(body.x()).isEqualTo(2.5);
        move(Move.LEFT, 8);
        assertThat(body.x()).isEqualTo(3.5);
        assertThat(body.y()).isEqualTo(1.5);
    }

    @Test
    void turn_toTheRight_isClockwiseAndSixtyFourFramesRound() {
        body.put(1.5, 1.5, EAST);
        move(Move.TURN_RIGHT, 16);
        assertThat(body.heading()).isEqualTo(SOUTH);
        move(Move.TURN_LEFT, 32);
        assertThat(body.heading()).isEqualTo(NORTH);
        move(Move.TURN_LEFT, 48);
        assertThat(body.heading()).isEqualTo(EAST);
        assertThat(body.x()).isEqualTo(1.5);
    }

    @Test
    void arc_ofAFrame_turnsFirst() {
        body.put(2, 1.5, EAST);
        move(Move.AHEAD_RIGHT, 1);
        double angle = 2 * Math.PI / Body.HEADINGS;
        assertThat(body.x()).isCloseTo(2 + 0.125 * Math.cos(angle), within(1e-12));
        assertThat(body.y()).isCloseTo(1.5 + 0.125 * Math.sin(angle), within(1e-12));
    }

    @Test
    void walk_intoAWall_endsBesideIt() {
        body.put(1.5, 1.5, WEST);
        move(Move.AHEAD, 20);
        assertThat(body.x()).isEqualTo(1.25);
        body.put(1.5, 1.5, EAST);
        move(Move.AHEAD, 100);
        assertThat(body.x()).isEqualTo(4.75);
        assertThat(body.y()).isEqualTo(1.5);
    }

    /// At 45 degrees along the wall in the north: the way along it is that of a frame times the cosine.
    @Test
    void walk_aslantIntoAWall_slidesAlongIt() {
        body.put(1.5, 1.25, NORTH + Body.HEADINGS / 8);
        move(Move.AHEAD, 8);
        assertThat(body.y()).isEqualTo(1.25);
        assertThat(body.x()).isCloseTo(1.5 + Math.sqrt(0.5), within(1e-12));
    }

    /// The body is half a cell wide: its middle passes the corner of the inner wall at a quarter of a cell.
    @Test
    void walk_pastACorner_isStoppedByHalfTheWidth() {
        body.put(1.8, 1.5, SOUTH);
        move(Move.AHEAD, 8);
        assertThat(body.y()).isEqualTo(1.75);
        body.put(1.75, 1.5, SOUTH);
        move(Move.AHEAD, 8);
        assertThat(body.y()).isEqualTo(2.5);
    }

    @Test
    void walk_throughADoor_waitsUntilItIsOpen() {
        var doors = new Plan("""
            #####
            #.A.#
            #####
            """);
        body.put(1.5, 1.5, EAST);
        for (int frame = 0; frame < 8; frame++) {
            body.move(doors, Move.AHEAD);
        }
        assertThat(body.x()).isEqualTo(1.75);
        doors.unlock(Colour.BLUE);
        doors.pass();
        assertThat(doors.openness(7)).isZero();
        doors.unlock(Colour.RED);
        for (int frame = 0; frame < Plan.OPENING; frame++) {
            body.move(doors, Move.AHEAD);
            assertThat(body.x()).isEqualTo(1.75);
            doors.pass();
        }
        assertThat(doors.openness(7)).isEqualTo(1);
        body.move(doors, Move.AHEAD);
        assertThat(body.x()).isEqualTo(1.875);
    }

    @Test
    void randomWalk_ofManyFrames_neverTouchesTheInsideOfAWall() {
        var random = Philox.keyed(1, 0, 0, "walk");
        body.put(1.5, 1.5, EAST);
        for (int frame = 0; frame < 200_000; frame++) {
            body.move(plan, Move.of(random.nextInt(Move.count())));
            if (!Body.fits(plan, body.x(), body.y(), Body.RADIUS)) {
                throw new AssertionError("frame " + frame + ": in a wall at " + body.x() + ", " + body.y());
            }
        }
    }
}
