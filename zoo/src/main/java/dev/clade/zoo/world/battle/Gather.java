package dev.clade.zoo.world.battle;

import static dev.clade.zoo.world.battle.Function.GATHER;
import static dev.clade.zoo.world.battle.Function.MOVE;
import static dev.clade.zoo.world.battle.Function.NO_OP;
import static dev.clade.zoo.world.battle.Function.SELECT_ALL;
import static dev.clade.zoo.world.battle.Function.SELECT_IDLE;
import static dev.clade.zoo.world.battle.Function.SELECT_UNIT;

import dev.clade.zoo.world.Player;
import dev.clade.zoo.world.battle.Building.Purpose;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Eight workers carry ore and gas to the base. Reward: 1 for a load. A field lets one worker at it at a
/// time and is gone after so many loads; then another of its kind is somewhere else. So workers must be
/// spread, and sent anew.
final class Gather implements Mission {

    static final int LOADS = 15;
    private static final int WORKERS = 8;
    private static final int ORE = 4;
    private static final int GAS = 2;

    @Override
    public Set<Function> functions() {
        return EnumSet.of(NO_OP, SELECT_ALL, SELECT_IDLE, SELECT_UNIT, MOVE, GATHER);
    }

    @Override
    public Set<Layer> layers() {
        return EnumSet.of(Layer.WORKER, Layer.SELECTED, Layer.BUSY, Layer.CARGO, Layer.ORE, Layer.GAS, Layer.BASE);
    }

    @Override
    public void begin(Arena arena) {
        settle(arena, WORKERS);
        replenish(arena, ORE, GAS);
    }

    /// A base in the middle, with workers around it.
    static void settle(Arena arena, int workers) {
        int centre = arena.board.cells / 2 + arena.board.side / 2;
        arena.labour.found(Purpose.BASE, centre);
        for (int i = 0; i < workers; i++) {
            arena.enter(arena.own, Kind.WORKER, arena.board.near(centre, 2));
        }
    }

    /// Opens as many fields as are gone.
    static void replenish(Arena arena, int ore, int gas) {
        int missingOre = ore;
        int missingGas = gas;
        for (var field : arena.labour.fields) {
            missingOre -= field.there && field.cargo == Cargo.ORE ? 1 : 0;
            missingGas -= field.there && field.cargo == Cargo.GAS ? 1 : 0;
        }
        open(arena, Cargo.ORE, missingOre);
        open(arena, Cargo.GAS, missingGas);
    }

    private static void open(Arena arena, Cargo cargo, int count) {
        int base = arena.labour.buildings[0].cell;
        for (int i = 0; i < count; i++) {
            arena.labour.open(cargo, arena.site(base, 3, 6), LOADS);
        }
    }

    @Override
    public double after(Arena arena) {
        replenish(arena, ORE, GAS);
        return arena.labour.delivered;
    }

    @Override
    public Player player(Skirmish world) {
        var foreman = new Foreman(world);
        return () -> {
            int action = foreman.act();
            return action < 0 ? world.action(NO_OP, 0) : action;
        };
    }

    /// Sends who has nothing to do to the field that will be served worst.
    record Foreman(Skirmish world) {

        /// @return an action, or -1 if all have something to do
        int act() {
            Unit idle = null;
            int selected = 0;
            for (var unit : world.arena.own.units) {
                if (unit.alive) {
                    selected += unit.selected ? 1 : 0;
                    idle = unit.idle() && (idle == null || unit.selected) ? unit : idle;
                }
            }
            if (idle == null) {
                return -1;
            }
            if (!idle.selected || selected > 1) {
                return world.action(SELECT_UNIT, idle.cell);
            }
            var field = best(idle);
            return field == null ? -1 : world.action(GATHER, field.cell);
        }

        /// The one that a worker waits least at, as the ways are and workers are sent.
        private @Nullable Field best(Unit unit) {
            Field best = null;
            int least = Integer.MAX_VALUE;
            for (var field : world.arena.labour.fields) {
                if (field.there && cost(unit, field) < least) {
                    least = cost(unit, field);
                    best = field;
                }
            }
            return best;
        }

        /// Steps of a round to the field, or of all rounds of those who share it, whichever is more.
        private int cost(Unit unit, Field field) {
            int sent = 1;
            for (var other : world.arena.own.units) {
                sent += other.alive && other.order == Order.GATHER && other.goal == field.cell ? 1 : 0;
            }
            int base = world.arena.labour.buildings[0].cell;
            int way = world.arena.board.distance(base, field.cell);
            int round = 2 * (way - 2) + field.cargo.harvest + 3;
            int shared = sent * (field.cargo.harvest + 2);
            return 100 * Math.max(round, shared) + world.arena.board.distance(unit.cell, field.cell);
        }
    }
}
