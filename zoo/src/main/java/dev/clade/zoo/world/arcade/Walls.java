package dev.clade.zoo.world.arcade;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Walls on a board, and ways between them.
final class Walls {

    /// Up, right, down, left.
    static final int DIRECTIONS = 4;

    static final int UNREACHED = Integer.MAX_VALUE;

    private final boolean[] walls = new boolean[Game.CELLS];
    private final int[] queue = new int[Game.CELLS];

    /// @param rows of a board that walls surround; a wall is `#`
    Walls(String... rows) {
        for (int cell = 0; cell < Game.CELLS; cell++) {
            walls[cell] = rows[cell / Game.SIDE].charAt(cell % Game.SIDE) == '#';
        }
    }

    boolean wall(int cell) {
        return walls[cell];
    }

    /// The neighbour in a direction, or the cell itself where a wall is.
    int next(int cell, int direction) {
        int there = cell
                + switch (direction) {
                    case 0 -> -Game.SIDE;
                    case 1 -> 1;
                    case 2 -> Game.SIDE;
                    default -> -1;
                };
        return walls[there] ? cell : there;
    }

    /// How many steps each cell is from one, [#UNREACHED] where walls are.
    void distances(int from, int[] into) {
        Arrays.fill(into, UNREACHED);
        into[from] = 0;
        spread(from, into, null);
    }

    /// The same for those cells that are reached, a step from now, before others are there.
    ///
    /// @param others how many steps these are from each cell
    /// @return how many cells that are
    int before(int[] others, int from, int[] into) {
        Arrays.fill(into, UNREACHED);
        if (others[from] <= 1) {
            return 0;
        }
        into[from] = 1;
        return spread(from, into, others);
    }

    private int spread(int from, int[] into, int @Nullable [] others) {
        queue[0] = from;
        int last = 1;
        for (int first = 0; first < last; first++) {
            int cell = queue[first];
            for (int direction = 0; direction < DIRECTIONS; direction++) {
                int there = next(cell, direction);
                if (into[there] == UNREACHED && (others == null || into[cell] + 1 < others[there])) {
                    into[there] = into[cell] + 1;
                    queue[last++] = there;
                }
            }
        }
        return last;
    }
}
