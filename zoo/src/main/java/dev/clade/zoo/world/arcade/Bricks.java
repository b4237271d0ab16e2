package dev.clade.zoo.world.arcade;

import dev.clade.zoo.world.Player;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A ball breaks bricks and is kept in play by a paddle of two cells. It flies diagonally, a cell a step; the
/// half of the paddle that it meets says whether it leaves to the left or to the right. A brick turns it
/// where it is.
///
/// Actions: stay, left, right. Reward: 1 for a brick. The episode ends when the ball passes the paddle. Three
/// rows of bricks; when all are broken, new ones stand there as soon as the ball meets the paddle.
///
/// Channels: brick, where the ball was, ball, paddle.
final class Bricks implements Game {

    private static final int[] COLOURS = {0xD9663A, 0x6E6E46, 0xFFF27A, 0x5AA9E6};
    private static final int TOP = 1;
    private static final int ROWS = 3;
    private static final int BOTTOM = SIDE - 1;

    private final boolean[] bricks = new boolean[CELLS];
    private final Ball ball = new Ball();
    private int left;
    private int was;
    private int paddle;
    private int steps;
    private boolean lost;

    /// What flies.
    private static final class Ball {
        int row;
        int column;
        int down;
        int right;

        int cell() {
            return row * SIDE + column;
        }

        void become(Ball other) {
            row = other.row;
            column = other.column;
            down = other.down;
            right = other.right;
        }

        /// Flies on by a cell, off walls and ceiling. A brick turns it where it is.
        ///
        /// @return whether a brick was broken
        boolean fly(boolean[] bricks) {
            if (column + right < 0 || column + right >= SIDE) {
                right = -right;
            }
            if (row + down < 0) {
                down = 1;
            }
            int there = (row + down) * SIDE + column + right;
            if (bricks[there]) {
                bricks[there] = false;
                down = -down;
                return true;
            }
            column += right;
            row += down;
            return false;
        }
    }

    @Override
    public int[] colours() {
        return COLOURS;
    }

    @Override
    public int actions() {
        return 3;
    }

    @Override
    public void reset(RandomGenerator random) {
        wall();
        ball.row = TOP + ROWS;
        ball.column = random.nextInt(SIDE);
        ball.down = 1;
        ball.right = random.nextBoolean() ? 1 : -1;
        was = ball.cell();
        paddle = SIDE / 2 - 1;
        steps = 0;
        lost = false;
    }

    private void wall() {
        Arrays.fill(bricks, TOP * SIDE, (TOP + ROWS) * SIDE, true);
        left = ROWS * SIDE;
    }

    @Override
    public double step(int action) {
        steps++;
        paddle = moved(paddle, action);
        was = ball.cell();
        boolean broken = ball.fly(bricks);
        left -= broken ? 1 : 0;
        if (ball.row == BOTTOM) {
            meet();
        }
        return broken ? 1 : 0;
    }

    private static int moved(int paddle, int action) {
        return switch (action) {
            case 1 -> Math.max(0, paddle - 1);
            case 2 -> Math.min(SIDE - 2, paddle + 1);
            default -> paddle;
        };
    }

    private void meet() {
        if (ball.column != paddle && ball.column != paddle + 1) {
            lost = true;
            return;
        }
        ball.row = BOTTOM - 1;
        ball.down = -1;
        ball.right = ball.column == paddle ? -1 : 1;
        if (left == 0) {
            wall();
        }
    }

    @Override
    public boolean ended() {
        return lost || steps == LIMIT;
    }

    @Override
    public void observe(float[] into, int at) {
        Arrays.fill(into, at + CELLS, at + COLOURS.length * CELLS, 0);
        for (int cell = 0; cell < CELLS; cell++) {
            into[at + cell] = bricks[cell] ? 1 : 0;
        }
        into[at + CELLS + was] = 1;
        into[at + 2 * CELLS + ball.cell()] = 1;
        into[at + 3 * CELLS + BOTTOM * SIDE + paddle] = 1;
        into[at + 3 * CELLS + BOTTOM * SIDE + paddle + 1] = 1;
    }

    /// Goes to where the ball will come down, with the half of the paddle that sends it on the ways, some
    /// returns long, that break most bricks, and soon.
    @Override
    public Player scripted() {
        var script = new Script();
        return () -> {
            int goal = script.goal();
            return goal == paddle ? 0 : goal < paddle ? 1 : 2;
        };
    }

    private final class Script {

        /// Returns ahead.
        private static final int AHEAD = 4;

        private final boolean[][] standing = new boolean[AHEAD + 1][CELLS];
        private final Ball flying = new Ball();

        /// Where the paddle should be.
        int goal() {
            System.arraycopy(bricks, 0, standing[0], 0, CELLS);
            flying.become(ball);
            flown(standing[0]);
            int column = flying.column;
            boolean right = worth(column, 1, 1) > worth(column, -1, 1);
            return Math.clamp(column - (right ? 1 : 0), 0, SIDE - 2);
        }

        /// Lets the ball come down.
        ///
        /// @return how many bricks it broke
        private int flown(boolean[] among) {
            int broken = 0;
            while (flying.row < BOTTOM) {
                broken += flying.fly(among) ? 1 : 0;
            }
            return broken;
        }

        /// What a return from a column to a side is worth: bricks count the more, the sooner they break.
        private int worth(int column, int side, int depth) {
            System.arraycopy(standing[depth - 1], 0, standing[depth], 0, CELLS);
            flying.row = BOTTOM - 1;
            flying.column = column;
            flying.down = -1;
            flying.right = side;
            int broken = flown(standing[depth]) * (2 * AHEAD - depth);
            int there = flying.column;
            return depth == AHEAD ? broken : broken + Math.max(worth(there, -1, depth + 1), worth(there, 1, depth + 1));
        }
    }
}
