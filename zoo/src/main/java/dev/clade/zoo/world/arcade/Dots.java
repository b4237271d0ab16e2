package dev.clade.zoo.world.arcade;

import dev.clade.zoo.world.Player;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A player eats dots in a maze and flees from two ghosts.
///
/// Actions: up, right, down, left; into a wall is to stay. Reward: 1 for a dot. When all are eaten, new ones
/// lie there. The episode ends when a ghost and the player are in one cell. Within a step the player goes
/// first, then the ghosts: each stays with probability 0.4; else it goes, as likely as not, to a neighbouring
/// cell at random or to the one that is nearest to the player as the crow flies.
///
/// Channels: wall, dot, player, ghost.
final class Dots implements Game {

    private static final int[] COLOURS = {0x33415C, 0xF2E9C9, 0xFFD23F, 0xE4476B};

    private static final String[] ROWS = {
        "##########",
        "#........#",
        "#.##.###.#",
        "#.#..#...#",
        "#...##.#.#",
        "#.#....#.#",
        "#.#.##.#.#",
        "#...#....#",
        "#.#...##.#",
        "##########"
    };

    private static final int START = 8 * SIDE + 4;
    private static final int[] HOMES = {SIDE + 1, SIDE + 8};
    private static final double STAYS = 0.4;

    /// The scripted player wants so many cells for itself.
    private static final int ROOM = 12;

    private final Walls walls = new Walls(ROWS);
    private final boolean[] dots = new boolean[CELLS];
    private final int[] ghosts = new int[HOMES.length];
    private RandomGenerator random = NONE;
    private int left;
    private int player;
    private int steps;
    private boolean caught;

    @Override
    public int[] colours() {
        return COLOURS;
    }

    @Override
    public int actions() {
        return Walls.DIRECTIONS;
    }

    @Override
    public void reset(RandomGenerator random) {
        this.random = random;
        player = START;
        System.arraycopy(HOMES, 0, ghosts, 0, HOMES.length);
        steps = 0;
        caught = false;
        scatter();
    }

    /// Everywhere but under the player.
    private void scatter() {
        left = 0;
        for (int cell = 0; cell < CELLS; cell++) {
            dots[cell] = !walls.wall(cell) && cell != player;
            left += dots[cell] ? 1 : 0;
        }
    }

    @Override
    public double step(int action) {
        steps++;
        player = walls.next(player, action);
        boolean eaten = dots[player];
        dots[player] = false;
        left -= eaten ? 1 : 0;
        if (left == 0) {
            scatter();
        }
        for (int ghost = 0; ghost < ghosts.length; ghost++) {
            caught |= ghosts[ghost] == player;
            ghosts[ghost] = prowled(ghosts[ghost]);
            caught |= ghosts[ghost] == player;
        }
        return eaten ? 1 : 0;
    }

    private int prowled(int ghost) {
        if (random.nextDouble() < STAYS) {
            return ghost;
        }
        boolean hunting = random.nextBoolean();
        int best = ghost;
        int nearest = Integer.MAX_VALUE;
        for (int direction = 0; direction < Walls.DIRECTIONS; direction++) {
            int there = walls.next(ghost, direction);
            int distance = hunting ? crow(there, player) : random.nextInt(CELLS);
            if (there != ghost && distance < nearest) {
                nearest = distance;
                best = there;
            }
        }
        return best;
    }

    private static int crow(int one, int other) {
        return Math.abs(one / SIDE - other / SIDE) + Math.abs(one % SIDE - other % SIDE);
    }

    @Override
    public boolean ended() {
        return caught || steps == LIMIT;
    }

    @Override
    public void observe(float[] into, int at) {
        Arrays.fill(into, at + 2 * CELLS, at + 4 * CELLS, 0);
        for (int cell = 0; cell < CELLS; cell++) {
            into[at + cell] = walls.wall(cell) ? 1 : 0;
            into[at + CELLS + cell] = dots[cell] ? 1 : 0;
        }
        into[at + 2 * CELLS + player] = 1;
        for (int ghost : ghosts) {
            into[at + 3 * CELLS + ghost] = 1;
        }
    }

    /// Goes to the dot that is nearest on ways on which it is before the ghosts everywhere, as long as they
    /// leave it room; else to where there is most room.
    @Override
    public Player scripted() {
        var hunt = new int[CELLS];
        var hunts = new int[CELLS];
        var ways = new int[CELLS];
        return () -> {
            Arrays.fill(hunts, Walls.UNREACHED);
            for (int ghost : ghosts) {
                walls.distances(ghost, hunt);
                Arrays.setAll(hunts, cell -> Math.min(hunts[cell], hunt[cell]));
            }
            int best = 0;
            int most = -1;
            for (int direction = 0; direction < Walls.DIRECTIONS; direction++) {
                int room = walls.before(hunts, walls.next(player, direction), ways);
                int nearest = nearest(ways);
                int worth = room >= ROOM && nearest < Walls.UNREACHED ? CELLS * CELLS - nearest : room;
                if (worth > most) {
                    most = worth;
                    best = direction;
                }
            }
            return best;
        };
    }

    private int nearest(int[] ways) {
        int nearest = Walls.UNREACHED;
        for (int cell = 0; cell < CELLS; cell++) {
            nearest = dots[cell] ? Math.min(nearest, ways[cell]) : nearest;
        }
        return nearest;
    }
}
