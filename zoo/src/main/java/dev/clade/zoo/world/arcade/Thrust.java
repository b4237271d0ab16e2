package dev.clade.zoo.world.arcade;

import dev.clade.zoo.world.Player;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A ship falls, thrusts against it and collects pods; what it touches else ends it. Place and speed are
/// whole numbers of sixteenths of a cell.
///
/// Actions: coast, thrust up, left, right. A step adds 1 to the speed downwards; thrust takes 3 from it, left
/// and right change the speed to a side by 2; no speed is beyond 12. Reward: 1 for a pod; then another one is
/// somewhere else. The episode ends when the ship leaves the board or meets one of four rocks.
///
/// Channels: rock, pod, ship; and in the ship's cell its speed to the left, to the right, upwards and
/// downwards as shares of the most, and how far it is from the cell's left and upper edge.
final class Thrust implements Game {

    private static final int[] COLOURS = {0x8A6F5A, 0x7AFFA0, 0xF2E9C9, -1, -1, -1, -1, -1, -1};
    private static final int ACTIONS = 4;
    private static final int FINE = 16;
    private static final int GRAVITY = 1;
    private static final int UP = 3;
    private static final int ASIDE = 2;
    private static final int FASTEST = 12;
    private static final int ROCKS = 4;

    /// The scripted player looks so many steps ahead.
    private static final int AHEAD = 40;

    /// In so many it can stop, or will not.
    private static final int STOPPING = 10;

    /// What it tries before it steers to the pod: speeds to the right and downwards, and for how long.
    private static final int[][] DETOURS = {
        {0, 0, 0}, {7, 0, 8}, {-7, 0, 8}, {0, 6, 8}, {0, -7, 8}, {7, -7, 8}, {-7, -7, 8}, {0, 0, 8}
    };

    private final boolean[] rocks = new boolean[CELLS];
    private final Ship ship = new Ship();
    private RandomGenerator random = NONE;
    private int pod;
    private int steps;
    private boolean lost;

    /// What flies.
    private static final class Ship {
        int x;
        int y;
        int right;
        int down;

        void become(Ship other) {
            x = other.x;
            y = other.y;
            right = other.right;
            down = other.down;
        }

        void fly(int action) {
            right = Math.clamp(right + aside(action), -FASTEST, FASTEST);
            down = Math.clamp(down + GRAVITY - (action == 1 ? UP : 0), -FASTEST, FASTEST);
            x += right;
            y += down;
        }

        private static int aside(int action) {
            return action == 2 ? -ASIDE : action == 3 ? ASIDE : 0;
        }

        boolean outside() {
            return x < 0 || x >= SIDE * FINE || y < 0 || y >= SIDE * FINE;
        }

        int cell() {
            return y / FINE * SIDE + x / FINE;
        }
    }

    @Override
    public int[] colours() {
        return COLOURS;
    }

    @Override
    public int actions() {
        return ACTIONS;
    }

    @Override
    public void reset(RandomGenerator random) {
        this.random = random;
        ship.x = SIDE * FINE / 2;
        ship.y = SIDE * FINE / 2;
        ship.right = 0;
        ship.down = 0;
        steps = 0;
        lost = false;
        Arrays.fill(rocks, false);
        for (int i = 0; i < ROCKS; i++) {
            rocks[free(2)] = true;
        }
        pod = free(1);
    }

    /// A cell at random, so far from the border, without a rock and two cells from the ship.
    private int free(int border) {
        while (true) {
            int row = border + random.nextInt(SIDE - 2 * border);
            int column = border + random.nextInt(SIDE - 2 * border);
            int away = Math.max(Math.abs(row - ship.y / FINE), Math.abs(column - ship.x / FINE));
            if (away >= 2 && !rocks[row * SIDE + column]) {
                return row * SIDE + column;
            }
        }
    }

    @Override
    public double step(int action) {
        steps++;
        ship.fly(action);
        lost = crashed(ship);
        if (lost || ship.cell() != pod) {
            return 0;
        }
        pod = free(1);
        return 1;
    }

    private boolean crashed(Ship one) {
        return one.outside() || rocks[one.cell()];
    }

    @Override
    public boolean ended() {
        return lost || steps == LIMIT;
    }

    /// A ship that is outside is not to be seen.
    @Override
    public void observe(float[] into, int at) {
        Arrays.fill(into, at, at + COLOURS.length * CELLS, 0);
        for (int cell = 0; cell < CELLS; cell++) {
            into[at + cell] = rocks[cell] ? 1 : 0;
        }
        into[at + CELLS + pod] = 1;
        if (!ship.outside()) {
            int there = at + 2 * CELLS + ship.cell();
            into[there] = 1;
            into[there + CELLS] = share(-ship.right);
            into[there + 2 * CELLS] = share(ship.right);
            into[there + 3 * CELLS] = share(-ship.down);
            into[there + 4 * CELLS] = share(ship.down);
            into[there + 5 * CELLS] = (float) (ship.x % FINE) / FINE;
            into[there + 6 * CELLS] = (float) (ship.y % FINE) / FINE;
        }
    }

    private static float share(int speed) {
        return (float) Math.max(0, speed) / FASTEST;
    }

    /// Tries each action, with or without a detour after it and then towards the pod, and takes the one that
    /// is there soonest; where none arrives, the one that flies longest, and of those the one that ends
    /// nearest.
    @Override
    public Player scripted() {
        var tried = new Ship();
        return () -> {
            int best = 0;
            int most = Integer.MIN_VALUE;
            for (var detour : DETOURS) {
                for (int action = 0; action < ACTIONS; action++) {
                    tried.become(ship);
                    int worth = worth(tried, action, detour);
                    if (worth > most) {
                        most = worth;
                        best = action;
                    }
                }
            }
            return best;
        };
    }

    /// Arrivals are above 0, flights below, crashes far below.
    private int worth(Ship tried, int first, int[] detour) {
        int action = first;
        for (int time = 0; time < AHEAD; time++) {
            tried.fly(action);
            if (crashed(tried)) {
                return -1_000_000 + 1_000 * time;
            }
            if (tried.cell() == pod) {
                return AHEAD - time + (survives(tried) ? 0 : -1_000_000);
            }
            action = time < detour[2] ? steered(tried, detour[0], detour[1]) : towards(tried);
        }
        return -away(tried);
    }

    /// Whether it can hold itself in the air after an arrival.
    private boolean survives(Ship tried) {
        for (int time = 0; time < STOPPING; time++) {
            tried.fly(slower(tried));
            if (crashed(tried)) {
                return false;
            }
        }
        return true;
    }

    private static int slower(Ship tried) {
        return steered(tried, 0, 0);
    }

    private int towards(Ship tried) {
        return steered(tried, wanted(centre(pod % SIDE) - tried.x), wanted(centre(pod / SIDE) - tried.y));
    }

    private static int wanted(int distance) {
        return Math.clamp(distance / 5, -8, 8);
    }

    /// What brings the speeds nearest to those that are wanted.
    private static int steered(Ship tried, int right, int down) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int action = 0; action < ACTIONS; action++) {
            int off = Math.abs(tried.right + Ship.aside(action) - right)
                    + Math.abs(tried.down + GRAVITY - (action == 1 ? UP : 0) - down);
            if (off < least) {
                least = off;
                best = action;
            }
        }
        return best;
    }

    private static int centre(int place) {
        return place * FINE + FINE / 2;
    }

    private int away(Ship tried) {
        return Math.abs(centre(pod % SIDE) - tried.x) + Math.abs(centre(pod / SIDE) - tried.y);
    }
}
