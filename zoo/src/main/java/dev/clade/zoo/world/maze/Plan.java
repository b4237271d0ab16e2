package dev.clade.zoo.world.maze;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// What a maze is built of: a grid of cells, each 1 wide and 1 high. A cell is `row * columns + column`; x grows to the
/// east and with columns, y to the south and with rows. Walls surround every plan.
final class Plan {

    static final byte FLOOR = 0;
    static final byte WALL = 1;
    static final byte PIT = 2;
    static final byte DOOR = 3;

    /// A door slides open in so many frames.
    static final int OPENING = 8;

    /// In the text of a plan: doors of the four colours.
    private static final String DOORS = "ABCD";

    private final String[] text;
    private final int columns;
    private final int rows;
    private final byte[] kinds;
    private final int[] skins;
    private final int[] open;
    private final boolean[] opening;
    private final int[] stack;

    /// @param plan a row of cells a line: `#` is a wall, `~` a pit, `A` to `D` are doors, other characters are floor
    Plan(String plan) {
        text = plan.lines().toArray(String[]::new);
        columns = text[0].length();
        rows = text.length;
        kinds = new byte[columns * rows];
        skins = new int[columns * rows];
        open = new int[columns * rows];
        opening = new boolean[columns * rows];
        stack = new int[columns * rows];
        for (int cell = 0; cell < kinds.length; cell++) {
            char mark = mark(cell);
            kinds[cell] = switch (mark) {
                case '#' -> WALL;
                case '~' -> PIT;
                default -> DOORS.indexOf(mark) >= 0 ? DOOR : FLOOR;
            };
        }
        paint(columns * 31 + rows);
    }

    private char mark(int cell) {
        return text[cell / columns].charAt(cell % columns);
    }

    /// The cells that the text marks so, row by row.
    int[] marked(char mark) {
        var cells = new int[kinds.length];
        int count = 0;
        for (int cell = 0; cell < kinds.length; cell++) {
            if (mark(cell) == mark) {
                cells[count++] = cell;
            }
        }
        return Arrays.copyOf(cells, count);
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    int cells() {
        return kinds.length;
    }

    byte kind(int cell) {
        return kinds[cell];
    }

    void set(int cell, byte kind) {
        kinds[cell] = kind;
    }

    int cell(double x, double y) {
        return ((int) y) * columns + ((int) x);
    }

    /// The middle of a cell.
    double x(int cell) {
        int column = cell % columns;
        return column + 0.5;
    }

    double y(int cell) {
        int row = cell / columns;
        return row + 0.5;
    }

    /// Whether nobody can be there: a wall, or a door that is not all open.
    boolean blocked(int cell) {
        return kinds[cell] == WALL || (kinds[cell] == DOOR && open[cell] < OPENING);
    }

    /// Whether there is a way for someone who waits for doors that open.
    boolean passable(int cell) {
        return kinds[cell] == FLOOR || (kinds[cell] == DOOR && opening[cell]);
    }

    /// Which texture a wall or a door has, of [Textures].
    int skin(int cell) {
        return skins[cell];
    }

    void skin(int cell, int skin) {
        skins[cell] = skin;
    }

    /// Gives walls textures that look random, so that places can be told apart, and doors those of their colours.
    ///
    /// @param salt other textures for another number
    final void paint(int salt) {
        for (int cell = 0; cell < kinds.length; cell++) {
            skins[cell] = kinds[cell] == DOOR
                    ? Textures.door(DOORS.indexOf(mark(cell)))
                    : Textures.wall(Textures.hash(cell * 7919 + salt));
        }
    }

    /// How far a door is open, 0 to 1.
    float openness(int cell) {
        return (float) open[cell] / OPENING;
    }

    /// Whether the way through a door runs along x: then it slides along y.
    boolean alongX(int cell) {
        return kinds[cell - columns] == WALL;
    }

    /// The door of a colour begins to open.
    void unlock(int colour) {
        for (int cell = 0; cell < kinds.length; cell++) {
            opening[cell] |= kinds[cell] == DOOR && skins[cell] == Textures.door(colour);
        }
    }

    void shut() {
        Arrays.fill(opening, false);
        Arrays.fill(open, 0);
    }

    /// A frame passes.
    void pass() {
        for (int cell = 0; cell < kinds.length; cell++) {
            if (opening[cell] && open[cell] < OPENING) {
                open[cell]++;
            }
        }
    }

    /// Carves a maze: a random spanning tree of the cells of odd row and column, depth first (the recursive
    /// backtracker),
    /// and some walls less, so that there are loops.
    ///
    /// @param loops how many of the walls that part two ways fall
    void carve(RandomGenerator random, int loops) {
        Arrays.fill(kinds, WALL);
        int depth = 0;
        stack[depth++] = columns + 1;
        kinds[columns + 1] = FLOOR;
        while (depth > 0) {
            int cell = stack[depth - 1];
            int ways = 0;
            for (int direction = 0; direction < 4; direction++) {
                ways += fresh(cell, direction) ? 1 : 0;
            }
            if (ways == 0) {
                depth--;
                continue;
            }
            int chosen = random.nextInt(ways);
            int direction = 0;
            while (!fresh(cell, direction) || chosen-- > 0) {
                direction++;
            }
            int stride = stride(direction);
            kinds[cell + stride] = FLOOR;
            kinds[cell + 2 * stride] = FLOOR;
            stack[depth++] = cell + 2 * stride;
        }
        for (int i = 0; i < loops; i++) {
            fell(random);
        }
        paint(random.nextInt(1 << 20));
    }

    private int stride(int direction) {
        return switch (direction) {
            case 0 -> 1;
            case 1 -> columns;
            case 2 -> -1;
            default -> -columns;
        };
    }

    /// Whether the maze has not come yet to the cell that is two away.
    private boolean fresh(int cell, int direction) {
        int column = cell % columns + (direction == 0 ? 2 : direction == 2 ? -2 : 0);
        int row = cell / columns + (direction == 1 ? 2 : direction == 3 ? -2 : 0);
        return column > 0 && column < columns && row > 0 && row < rows && kinds[row * columns + column] == WALL;
    }

    private void fell(RandomGenerator random) {
        int count = 0;
        for (int cell = columns; cell < kinds.length - columns; cell++) {
            boolean inside = cell % columns > 0 && cell % columns < columns - 1;
            if (inside && kinds[cell] == WALL && parts(cell)) {
                stack[count++] = cell;
            }
        }
        if (count > 0) {
            kinds[stack[random.nextInt(count)]] = FLOOR;
        }
    }

    private boolean parts(int cell) {
        boolean east = kinds[cell - 1] == FLOOR && kinds[cell + 1] == FLOOR;
        boolean south = kinds[cell - columns] == FLOOR && kinds[cell + columns] == FLOOR;
        return east != south;
    }

    /// How many steps each cell is from one on ways that are open, [Integer#MAX_VALUE] where there is none.
    void distances(int from, int[] into) {
        Arrays.fill(into, Integer.MAX_VALUE);
        into[from] = 0;
        stack[0] = from;
        int last = 1;
        for (int first = 0; first < last; first++) {
            int cell = stack[first];
            for (int direction = 0; direction < 4; direction++) {
                int there = cell + stride(direction);
                if (passable(there) && into[there] == Integer.MAX_VALUE) {
                    into[there] = into[cell] + 1;
                    stack[last++] = there;
                }
            }
        }
    }

    /// A neighbour that is nearer to where distances are measured from, or the cell itself.
    int nearer(int cell, int[] distances) {
        int best = cell;
        for (int direction = 0; direction < 4; direction++) {
            int there = cell + stride(direction);
            if (distances[there] < distances[best]) {
                best = there;
            }
        }
        return best;
    }
}
