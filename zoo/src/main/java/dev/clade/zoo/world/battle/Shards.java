package dev.clade.zoo.world.battle;

import static dev.clade.zoo.world.battle.Function.MOVE;
import static dev.clade.zoo.world.battle.Function.NO_OP;
import static dev.clade.zoo.world.battle.Function.SELECT_ALL;
import static dev.clade.zoo.world.battle.Function.SELECT_UNIT;

import dev.clade.zoo.world.Player;
import java.util.EnumSet;
import java.util.Set;

/// Two soldiers collect twenty shards; then there are twenty new ones. Reward: 1 for a shard that is
/// trodden on. It pays to send the two different ways.
final class Shards implements Mission {

    private static final int SHARDS = 20;
    private static final int SOLDIERS = 2;

    @Override
    public Set<Function> functions() {
        return EnumSet.of(NO_OP, SELECT_ALL, SELECT_UNIT, MOVE);
    }

    @Override
    public Set<Layer> layers() {
        return EnumSet.of(Layer.SOLDIER, Layer.SELECTED, Layer.BUSY, Layer.SHARD);
    }

    @Override
    public void begin(Arena arena) {
        for (int i = 0; i < SOLDIERS; i++) {
            arena.enter(arena.own, Kind.SOLDIER, arena.free(0, arena.board.side - 1));
        }
        scatter(arena);
    }

    private static void scatter(Arena arena) {
        for (int i = 0; i < SHARDS; i++) {
            int cell;
            do {
                cell = arena.away(2);
            } while (arena.shards[cell]);
            arena.shards[cell] = true;
        }
    }

    @Override
    public double after(Arena arena) {
        int collected = 0;
        for (var unit : arena.own.units) {
            if (unit.alive && arena.shards[unit.cell]) {
                arena.shards[unit.cell] = false;
                collected++;
            }
        }
        if (collected > 0 && none(arena.shards)) {
            scatter(arena);
        }
        return collected;
    }

    private static boolean none(boolean[] shards) {
        for (boolean shard : shards) {
            if (shard) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Player player(Skirmish world) {
        return new Script(world)::act;
    }

    /// Each soldier goes to the nearest shard that the other is not on its way to. Who has none to go to is
    /// selected and sent; if both have, the one that will be there first is selected in advance.
    private record Script(Skirmish world) {

        int act() {
            var one = unit(0);
            var other = unit(1);
            var next = left(one) <= left(other) ? one : other;
            if (!next.selected || (one.selected && other.selected)) {
                return world.action(SELECT_UNIT, next.cell);
            }
            int goal = goal(next, next == one ? other : one);
            boolean goes = left(next) > 0 && next.goal == goal;
            return world.action(goes || goal < 0 ? NO_OP : MOVE, Math.max(goal, 0));
        }

        private Unit unit(int id) {
            return world.arena.own.units[id];
        }

        /// Cells to the shard that it is on its way to; 0 if it is on its way to none.
        private int left(Unit unit) {
            boolean goes = unit.order == Order.MOVE && world.arena.shards[unit.goal];
            return goes ? world.arena.board.distance(unit.cell, unit.goal) : 0;
        }

        private int goal(Unit unit, Unit other) {
            int best = -1;
            int least = Integer.MAX_VALUE;
            for (int cell = 0; cell < world.arena.board.cells; cell++) {
                if (world.arena.shards[cell] && (left(other) == 0 || other.goal != cell)) {
                    int away = world.arena.board.distance(unit.cell, cell);
                    if (away < least) {
                        least = away;
                        best = cell;
                    }
                }
            }
            return best;
        }
    }
}
