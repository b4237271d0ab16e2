package dev.clade.zoo.world.battle;

import static dev.clade.zoo.world.battle.Function.BUILD_BARRACKS;
import static dev.clade.zoo.world.battle.Function.BUILD_DEPOT;
import static dev.clade.zoo.world.battle.Function.GATHER;
import static dev.clade.zoo.world.battle.Function.MOVE;
import static dev.clade.zoo.world.battle.Function.NO_OP;
import static dev.clade.zoo.world.battle.Function.SELECT_ALL;
import static dev.clade.zoo.world.battle.Function.SELECT_IDLE;
import static dev.clade.zoo.world.battle.Function.SELECT_UNIT;
import static dev.clade.zoo.world.battle.Function.TRAIN_SOLDIER;
import static dev.clade.zoo.world.battle.Function.TRAIN_WORKER;

import dev.clade.zoo.world.Player;
import dev.clade.zoo.world.battle.Building.Purpose;
import java.util.EnumSet;
import java.util.Set;

/// Workers gather ore, build depots and barracks, and soldiers are trained. Reward: 1 for a soldier.
/// Everything costs ore; each unit needs supply, which depots give; barracks train one soldier at a time.
final class Build implements Mission {

    private static final int WORKERS = 6;
    private static final int ORE = 5;

    /// Ore at first.
    private static final int STOCK = 300;

    @Override
    public Set<Function> functions() {
        return EnumSet.of(
                NO_OP,
                SELECT_ALL,
                SELECT_IDLE,
                TRAIN_WORKER,
                TRAIN_SOLDIER,
                SELECT_UNIT,
                MOVE,
                GATHER,
                BUILD_DEPOT,
                BUILD_BARRACKS);
    }

    @Override
    public Set<Layer> layers() {
        return EnumSet.of(
                Layer.WORKER,
                Layer.SELECTED,
                Layer.BUSY,
                Layer.CARGO,
                Layer.ORE,
                Layer.BASE,
                Layer.DEPOT,
                Layer.BARRACKS,
                Layer.STOCK,
                Layer.ROOM);
    }

    @Override
    public int limit() {
        return 400;
    }

    @Override
    public void begin(Arena arena) {
        Gather.settle(arena, WORKERS);
        arena.labour.stock = STOCK;
        Gather.replenish(arena, ORE, 0);
    }

    @Override
    public double after(Arena arena) {
        Gather.replenish(arena, ORE, 0);
        return arena.labour.trained;
    }

    @Override
    public Player player(Skirmish world) {
        return new Script(world, new Gather.Foreman(world))::act;
    }

    /// Workers to a dozen first, a depot before supply runs out, barracks as long as ore is left over,
    /// soldiers always.
    private record Script(Skirmish world, Gather.Foreman foreman) {

        private static final int ENOUGH_WORKERS = 12;
        private static final int ENOUGH_BARRACKS = 3;
        private static final int SHORT = 4;

        int act() {
            int gather = foreman.act();
            if (gather >= 0) {
                return gather;
            }
            var labour = world.arena.labour;
            int workers = world.arena.own.count() + labour.buildings[0].queue;
            if (workers < ENOUGH_WORKERS && labour.buildings[0].queue < 2 && labour.trainable(Purpose.BASE)) {
                return world.action(TRAIN_WORKER, 0);
            }
            boolean supplied = labour.supply() - labour.supplied() >= SHORT || begun(Purpose.DEPOT) > 0;
            if (!supplied && labour.stock >= Purpose.DEPOT.cost) {
                return build(BUILD_DEPOT);
            }
            boolean more = count(Purpose.BARRACKS) + ordered(Order.BARRACKS) < ENOUGH_BARRACKS;
            if (supplied && more && labour.stock >= Purpose.BARRACKS.cost + ordered(Order.DEPOT) * Purpose.DEPOT.cost) {
                return build(BUILD_BARRACKS);
            }
            if (labour.trainable(Purpose.BARRACKS) && unoccupied()) {
                return world.action(TRAIN_SOLDIER, 0);
            }
            return world.action(NO_OP, 0);
        }

        /// Whether a barracks will soon have nothing to do.
        private boolean unoccupied() {
            for (var building : world.arena.labour.buildings) {
                if (building.stands() && building.purpose == Purpose.BARRACKS && building.queue < 2) {
                    return true;
                }
            }
            return false;
        }

        private int begun(Purpose purpose) {
            int begun = ordered(Order.DEPOT);
            for (var building : world.arena.labour.buildings) {
                begun += building.there && building.purpose == purpose && !building.stands() ? 1 : 0;
            }
            return begun;
        }

        private int count(Purpose purpose) {
            int count = 0;
            for (var building : world.arena.labour.buildings) {
                count += building.there && building.purpose == purpose ? 1 : 0;
            }
            return count;
        }

        private int ordered(Order order) {
            int ordered = 0;
            for (var unit : world.arena.own.units) {
                ordered += unit.alive && unit.order == order ? 1 : 0;
            }
            return ordered;
        }

        /// One worker that carries nothing is selected, and sent to the site that is nearest to it.
        private int build(Function what) {
            Unit builder = null;
            int selected = 0;
            for (var unit : world.arena.own.units) {
                if (unit.alive) {
                    selected += unit.selected ? 1 : 0;
                    boolean fit = unit.cargo == null && unit.harvest == 0;
                    builder = fit && (builder == null || unit.selected) ? unit : builder;
                }
            }
            if (builder == null) {
                return world.action(NO_OP, 0);
            }
            if (!builder.selected || selected > 1) {
                return world.action(SELECT_UNIT, builder.cell);
            }
            int site = site(builder);
            return site < 0 ? world.action(NO_OP, 0) : world.action(what, site);
        }

        /// Beside the ways: not near the base.
        private int site(Unit builder) {
            var board = world.arena.board;
            int base = world.arena.labour.buildings[0].cell;
            int best = -1;
            int least = Integer.MAX_VALUE;
            for (int cell = 0; cell < board.cells; cell++) {
                int away = board.distance(builder.cell, cell);
                if (away < least && board.distance(base, cell) >= 3 && board.site(cell)) {
                    least = away;
                    best = cell;
                }
            }
            return best;
        }
    }
}
