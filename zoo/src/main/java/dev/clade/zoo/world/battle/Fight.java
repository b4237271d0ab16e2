package dev.clade.zoo.world.battle;

import org.jspecify.annotations.Nullable;

/// Who shoots at whom. A shot is never missed; its hurt is counted at once and felt at the end of the step.
final class Fight {

    /// How far a unit on the attack goes after those that it sees.
    private static final int CHASE = 4;

    private final Arena arena;

    Fight(Arena arena) {
        this.arena = arena;
    }

    /// Shoots at the nearest in range.
    void stand(Unit unit) {
        cool(unit);
        shoot(unit, arena.nearest(arena.enemies, unit.cell, unit.kind.range));
    }

    /// After its prey as long as it sees it; without one, or when it has lost sight of it, to its goal, and
    /// after whom it meets on the way.
    void attack(Unit unit) {
        cool(unit);
        if (unit.prey != null && !arena.fog.sees(unit.prey.cell)) {
            unit.prey = null;
        }
        var prey = unit.prey;
        if (prey != null) {
            unit.goal = prey.cell;
        } else {
            prey = arena.nearest(arena.enemies, unit.cell, CHASE);
        }
        if (prey != null) {
            engage(unit, prey);
        } else if (unit.cell == unit.goal
                || (!arena.walk(unit, unit.goal) && arena.board.distance(unit.cell, unit.goal) <= 2)) {
            unit.rest();
        }
    }

    private void engage(Unit unit, Unit prey) {
        if (arena.board.distance(unit.cell, prey.cell) <= unit.kind.range) {
            shoot(unit, prey);
        } else {
            arena.walk(unit, prey.cell);
        }
    }

    /// What an enemy does: it stands until it sees someone or is hurt; from then on it is after the
    /// nearest.
    void hunt(Unit enemy) {
        cool(enemy);
        int sight = enemy.awake ? arena.board.side : enemy.kind.sight;
        var prey = arena.nearest(arena.own, enemy.cell, sight);
        if (prey == null) {
            return;
        }
        enemy.awake = true;
        if (enemy.kind == Kind.BURSTER && arena.board.distance(enemy.cell, prey.cell) <= enemy.kind.range) {
            burst(enemy);
        } else {
            engage(enemy, prey);
        }
    }

    /// It is gone, and nobody has killed it.
    private void burst(Unit enemy) {
        for (var unit : arena.own.units) {
            if (unit.alive && arena.board.distance(enemy.cell, unit.cell) <= enemy.kind.range) {
                unit.hurt += enemy.kind.damage;
            }
        }
        arena.bury(arena.enemies, enemy);
    }

    private static void cool(Unit unit) {
        unit.cooldown = Math.max(0, unit.cooldown - 1);
    }

    private static void shoot(Unit unit, @Nullable Unit prey) {
        if (prey != null && unit.kind.armed() && unit.cooldown == 0) {
            prey.hurt += unit.kind.damage;
            unit.cooldown = unit.kind.cooldown;
        }
    }
}
