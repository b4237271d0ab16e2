package dev.clade.zoo.world.battle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cells in a square, `row * side + column`, row 0 at the top. In each there is at most one unit or one
/// thing that is fixed. Fixed things never touch one another, not even at a corner, so that nobody is ever
/// shut in. The distance of two cells is that of their rows or that of their columns, whichever is more.
final class Board {

    final int side;
    final int cells;

    private final boolean[] fixed;
    private final @Nullable Unit[] standing;

    Board(int side) {
        this.side = side;
        cells = side * side;
        fixed = new boolean[cells];
        standing = new Unit[cells];
    }

    void clear() {
        Arrays.fill(fixed, false);
        Arrays.fill(standing, null);
    }

    int distance(int one, int other) {
        return Math.max(Math.abs(one / side - other / side), Math.abs(one % side - other % side));
    }

    boolean fixed(int cell) {
        return fixed[cell];
    }

    void fix(int cell, boolean there) {
        fixed[cell] = there;
    }

    /// Who stands there.
    @Nullable
    Unit at(int cell) {
        return standing[cell];
    }

    void put(Unit unit) {
        standing[unit.cell] = unit;
    }

    void lift(Unit unit) {
        standing[unit.cell] = null;
    }

    boolean free(int cell) {
        return !fixed[cell] && standing[cell] == null;
    }

    private boolean free(int row, int column) {
        return row >= 0 && row < side && column >= 0 && column < side && free(row * side + column);
    }

    /// Whether something fixed may come here: a free cell with nothing fixed around it.
    boolean site(int cell) {
        if (!free(cell)) {
            return false;
        }
        int row = cell / side;
        int column = cell % side;
        for (int r = Math.max(0, row - 1); r <= Math.min(side - 1, row + 1); r++) {
            for (int c = Math.max(0, column - 1); c <= Math.min(side - 1, column + 1); c++) {
                if (fixed[r * side + c]) {
                    return false;
                }
            }
        }
        return true;
    }

    /// A free cell, the nearest to another, the first in order among equals; -1 if there is none so near.
    int near(int cell, int most) {
        for (int away = 1; away <= most; away++) {
            for (int row = cell / side - away; row <= cell / side + away; row++) {
                boolean edge = Math.abs(row - cell / side) == away;
                for (int column = cell % side - away; column <= cell % side + away; column += edge ? 1 : 2 * away) {
                    if (free(row, column)) {
                        return row * side + column;
                    }
                }
            }
        }
        return -1;
    }

    /// A neighbour on the way to a goal.
    ///
    /// @param turn 0 for straight ahead, diagonally where that is shortest; 1 or -1 for an eighth of a turn aside
    /// @return -1 for one that is beyond the edge
    int ahead(int cell, int goal, int turn) {
        int row = cell / side;
        int column = cell % side;
        int down = Integer.signum(goal / side - row);
        int right = Integer.signum(goal % side - column);
        int r = row + Math.clamp(down + (long) turn * right, -1, 1);
        int c = column + Math.clamp(right - (long) turn * down, -1, 1);
        return r >= 0 && r < side && c >= 0 && c < side ? r * side + c : -1;
    }

    /// The next cell on the way to a goal: straight ahead, or an eighth of a turn aside; where all three
    /// are taken, the cell itself.
    ///
    /// @param first the turn that is tried before the other, 1 or -1
    int towards(int cell, int goal, int first) {
        for (int turn = 0; turn <= 2; turn++) {
            int there = ahead(cell, goal, turn == 0 ? 0 : turn == 1 ? first : -first);
            if (there >= 0 && free(there)) {
                return there;
            }
        }
        return cell;
    }
}
