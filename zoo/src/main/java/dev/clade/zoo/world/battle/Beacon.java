package dev.clade.zoo.world.battle;

import static dev.clade.zoo.world.battle.Function.MOVE;
import static dev.clade.zoo.world.battle.Function.NO_OP;
import static dev.clade.zoo.world.battle.Function.SELECT_ALL;

import dev.clade.zoo.world.Player;
import java.util.EnumSet;
import java.util.Set;

/// A soldier goes to a beacon; then another one is lit somewhere else. Reward: 1 for a beacon, which is
/// reached one cell from its centre.
final class Beacon implements Mission {

    private static final int REACH = 1;
    private static final int AWAY = 5;

    @Override
    public Set<Function> functions() {
        return EnumSet.of(NO_OP, SELECT_ALL, MOVE);
    }

    @Override
    public Set<Layer> layers() {
        return EnumSet.of(Layer.SOLDIER, Layer.SELECTED, Layer.BUSY, Layer.SHARD);
    }

    @Override
    public void begin(Arena arena) {
        arena.enter(arena.own, Kind.SOLDIER, arena.free(0, arena.board.side - 1));
        arena.shards[arena.away(AWAY)] = true;
    }

    @Override
    public double after(Arena arena) {
        int lit = lit(arena);
        if (arena.nearest(arena.own, lit, REACH) == null) {
            return 0;
        }
        arena.shards[lit] = false;
        arena.shards[arena.away(AWAY)] = true;
        return 1;
    }

    private static int lit(Arena arena) {
        int cell = 0;
        while (!arena.shards[cell]) {
            cell++;
        }
        return cell;
    }

    /// Sends the soldier to every beacon.
    @Override
    public Player player(Skirmish world) {
        var soldier = world.arena.own.units[0];
        return () -> {
            int lit = lit(world.arena);
            if (!soldier.selected) {
                return world.action(SELECT_ALL, 0);
            }
            return world.action(soldier.order == Order.MOVE && soldier.goal == lit ? NO_OP : MOVE, lit);
        };
    }
}
