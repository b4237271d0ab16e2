package dev.clade.zoo.world.battle;

import static dev.clade.zoo.world.battle.Function.ATTACK;
import static dev.clade.zoo.world.battle.Function.MOVE;
import static dev.clade.zoo.world.battle.Function.NO_OP;
import static dev.clade.zoo.world.battle.Function.SELECT_ALL;
import static dev.clade.zoo.world.battle.Function.SELECT_AREA;
import static dev.clade.zoo.world.battle.Function.SELECT_UNIT;

import dev.clade.zoo.world.Player;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Soldiers against a wave of enemies at the other side; which side is whose is drawn. When all of the wave
/// are gone, more soldiers come, as many as there is room for, and both the next wave and the soldiers
/// stand at their sides again. Soldiers keep the hit points that they have. The episode ends with the last
/// soldier.
///
/// @param crawlers of a wave
/// @param spitters of a wave
/// @param bursters of a wave
/// @param worth the reward for an enemy that is killed; -1 is that for a soldier
/// @param more soldiers that come with every further wave
record Waves(int crawlers, int spitters, int bursters, int worth, int more) implements Mission {

    private static final int SOLDIERS = 9;
    private static final int MOST = 18;

    /// Columns at the edge in which a side stands at first.
    private static final int DEEP = 3;

    /// Four strong enemies: all soldiers at one of them, and it is soon gone.
    static Waves melee() {
        return new Waves(0, 4, 0, 10, 5);
    }

    /// Bursters and crawlers: whom to shoot first is the question.
    static Waves mixed() {
        return new Waves(6, 0, 4, 5, 4);
    }

    @Override
    public Set<Function> functions() {
        return EnumSet.of(NO_OP, SELECT_ALL, SELECT_UNIT, SELECT_AREA, MOVE, ATTACK);
    }

    @Override
    public Set<Layer> layers() {
        var layers = EnumSet.of(Layer.SOLDIER, Layer.SELECTED, Layer.HITS, Layer.BUSY, Layer.ENEMY_HITS);
        if (crawlers > 0) {
            layers.add(Layer.CRAWLER);
        }
        if (spitters > 0) {
            layers.add(Layer.SPITTER);
        }
        if (bursters > 0) {
            layers.add(Layer.BURSTER);
        }
        return layers;
    }

    @Override
    public void begin(Arena arena) {
        form(arena, SOLDIERS);
    }

    @Override
    public double after(Arena arena) {
        double reward = worth * arena.killed - arena.lost;
        if (arena.enemies.count() == 0 && arena.own.count() > 0) {
            form(arena, Math.min(more, MOST - arena.own.count()));
        }
        return reward;
    }

    /// Both sides stand at their edges.
    private void form(Arena arena, int recruits) {
        int far = arena.board.side - DEEP;
        boolean left = arena.random.nextBoolean();
        int own = left ? 0 : far;
        for (var unit : arena.own.units) {
            if (unit.alive) {
                arena.board.lift(unit);
                unit.cell = arena.free(own, own + DEEP - 1);
                arena.board.put(unit);
                unit.rest();
            }
        }
        for (int i = 0; i < recruits; i++) {
            arena.enter(arena.own, Kind.SOLDIER, arena.free(own, own + DEEP - 1));
        }
        enter(arena, Kind.CRAWLER, crawlers, far - own);
        enter(arena, Kind.SPITTER, spitters, far - own);
        enter(arena, Kind.BURSTER, bursters, far - own);
    }

    private static void enter(Arena arena, Kind kind, int count, int column) {
        for (int i = 0; i < count; i++) {
            arena.enter(arena.enemies, kind, arena.free(column, column + DEEP - 1));
        }
    }

    @Override
    public Player player(Skirmish world) {
        return new Script(world)::act;
    }

    /// All soldiers shoot at the same one: the nearest burster, if one is near; else the weakest of those
    /// that most of them reach.
    private record Script(Skirmish world) {

        private static final int NEAR = 6;

        int act() {
            boolean all = true;
            for (var unit : world.arena.own.units) {
                all &= unit.selected || !unit.alive;
            }
            if (!all) {
                return world.action(SELECT_ALL, 0);
            }
            var prey = prey();
            if (prey == null) {
                return world.action(NO_OP, 0);
            }
            return world.action(after(prey) ? NO_OP : ATTACK, prey.cell);
        }

        private boolean after(Unit prey) {
            for (var unit : world.arena.own.units) {
                if (unit.alive && unit.prey != prey) {
                    return false;
                }
            }
            return true;
        }

        private @Nullable Unit prey() {
            Unit best = null;
            int most = Integer.MIN_VALUE;
            for (var enemy : world.arena.enemies.units) {
                if (enemy.alive) {
                    int worth = worth(enemy);
                    if (worth > most) {
                        most = worth;
                        best = enemy;
                    }
                }
            }
            return best;
        }

        private int worth(Unit enemy) {
            var board = world.arena.board;
            int reached = 0;
            int away = 0;
            for (var unit : world.arena.own.units) {
                if (unit.alive) {
                    int distance = board.distance(unit.cell, enemy.cell);
                    reached += distance <= unit.kind.range ? 1 : 0;
                    away += distance;
                }
            }
            boolean urgent = enemy.kind == Kind.BURSTER && away <= NEAR * world.arena.own.count();
            return (urgent ? 1_000_000 : 0) + 1_000 * reached - enemy.hits - 10 * away / world.arena.own.count();
        }
    }
}
