package dev.clade.zoo.world.arcade;

import dev.clade.zoo.world.Player;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A walker crosses a road of eight lanes. In each lane two cars drive, half the road apart, to one side, at
/// one of three speeds: a cell every step, every second or every third. Who leaves on one side comes back on
/// the other.
///
/// Actions: stay, up, down. Reward: 1 for a crossing; then the walker is back at the bottom and lanes have
/// new directions and speeds. A car that meets the walker brings it back to the bottom. The episode ends at
/// its limit. Within a step the walker goes first, then the cars, and then they meet or not.
///
/// Channels: cars to the left, cars to the right, cars that move in this step, walker.
final class Crossing implements Game {

    private static final int[] COLOURS = {0xD9663A, 0xE6B35A, -1, 0x7AFFA0};
    private static final int LANES = SIDE - 2;
    private static final int BOTTOM = SIDE - 1;
    private static final int COLUMN = SIDE / 2 - 1;
    private static final int APART = SIDE / 2;
    private static final int SPEEDS = 3;

    /// The scripted player looks so many steps ahead.
    private static final int AHEAD = 24;

    private final int[] cars = new int[SIDE];
    private final int[] directions = new int[SIDE];
    private final int[] periods = new int[SIDE];
    private RandomGenerator random = NONE;
    private int walker;
    private int steps;

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
        this.random = random;
        steps = 0;
        walker = BOTTOM;
        for (int lane = 1; lane <= LANES; lane++) {
            cars[lane] = random.nextInt(APART);
        }
        drive();
    }

    private void drive() {
        for (int lane = 1; lane <= LANES; lane++) {
            directions[lane] = random.nextBoolean() ? 1 : -1;
            periods[lane] = 1 + random.nextInt(SPEEDS);
        }
    }

    @Override
    public double step(int action) {
        walker = walked(walker, action);
        steps++;
        for (int lane = 1; lane <= LANES; lane++) {
            if (steps % periods[lane] == 0) {
                cars[lane] = Math.floorMod(cars[lane] + directions[lane], APART);
            }
        }
        if (walker == 0) {
            walker = BOTTOM;
            drive();
            return 1;
        }
        if (isLane(walker) && cars[walker] == COLUMN % APART) {
            walker = BOTTOM;
        }
        return 0;
    }

    private static int walked(int row, int action) {
        return switch (action) {
            case 1 -> row - 1;
            case 2 -> Math.min(BOTTOM, row + 1);
            default -> row;
        };
    }

    private static boolean isLane(int row) {
        return row >= 1 && row <= LANES;
    }

    @Override
    public boolean ended() {
        return steps == LIMIT;
    }

    @Override
    public void observe(float[] into, int at) {
        Arrays.fill(into, at, at + COLOURS.length * CELLS, 0);
        for (int lane = 1; lane <= LANES; lane++) {
            int plane = at + (directions[lane] < 0 ? 0 : CELLS);
            boolean moves = (steps + 1) % periods[lane] == 0;
            for (int column = cars[lane]; column < SIDE; column += APART) {
                into[plane + lane * SIDE + column] = 1;
                into[at + 2 * CELLS + lane * SIDE + column] = moves ? 1 : 0;
            }
        }
        into[at + 3 * CELLS + walker * SIDE + COLUMN] = 1;
    }

    /// Takes the way that is at the top soonest and meets no car, as far as it can see.
    @Override
    public Player scripted() {
        var first = new int[SIDE];
        var next = new int[SIDE];
        return () -> {
            Arrays.fill(first, -1);
            for (int action = actions() - 1; action >= 0; action--) {
                int row = walked(walker, action);
                first[row] = safe(row, 1) ? action : first[row];
            }
            for (int time = 2; time <= AHEAD && first[0] < 0; time++) {
                Arrays.fill(next, -1);
                for (int row = 0; row < SIDE; row++) {
                    for (int action = 0; first[row] >= 0 && action < actions(); action++) {
                        int there = walked(row, action);
                        next[there] = safe(there, time) ? first[row] : next[there];
                    }
                }
                System.arraycopy(next, 0, first, 0, SIDE);
            }
            return highest(first);
        };
    }

    private static int highest(int[] first) {
        for (int action : first) {
            if (action >= 0) {
                return action;
            }
        }
        return 0;
    }

    /// Whether no car is in the walker's column of a row, so many steps from now.
    private boolean safe(int row, int later) {
        if (!isLane(row)) {
            return true;
        }
        int moves = (steps + later) / periods[row] - steps / periods[row];
        return Math.floorMod(cars[row] + directions[row] * moves, APART) != COLUMN % APART;
    }
}
