package dev.clade.zoo.world.battle;

import java.util.Arrays;

/// What own units see, and have seen.
final class Fog {

    private final Board board;
    private final boolean lies;
    private final boolean[] now;
    private final boolean[] ever;

    /// @param lies whether there is fog; if not, everything is seen
    Fog(Board board, boolean lies) {
        this.board = board;
        this.lies = lies;
        now = new boolean[board.cells];
        ever = new boolean[board.cells];
    }

    void close() {
        Arrays.fill(ever, false);
    }

    boolean sees(int cell) {
        return !lies || now[cell];
    }

    boolean saw(int cell) {
        return !lies || ever[cell];
    }

    void look(Squad squad) {
        if (!lies) {
            return;
        }
        Arrays.fill(now, false);
        int side = board.side;
        for (var unit : squad.units) {
            if (unit.alive) {
                int row = unit.cell / side;
                int from = Math.max(0, unit.cell % side - unit.kind.sight);
                int to = Math.min(side - 1, unit.cell % side + unit.kind.sight);
                int last = Math.min(side - 1, row + unit.kind.sight);
                for (int r = Math.max(0, row - unit.kind.sight); r <= last; r++) {
                    Arrays.fill(now, r * side + from, r * side + to + 1, true);
                    Arrays.fill(ever, r * side + from, r * side + to + 1, true);
                }
            }
        }
    }
}
