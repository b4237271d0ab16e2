package dev.clade.zoo.world.battle;

import static dev.clade.zoo.world.battle.Function.ATTACK;
import static dev.clade.zoo.world.battle.Function.MOVE;
import static dev.clade.zoo.world.battle.Function.NO_OP;
import static dev.clade.zoo.world.battle.Function.SELECT_ALL;
import static dev.clade.zoo.world.battle.Function.SELECT_AREA;
import static dev.clade.zoo.world.battle.Function.SELECT_UNIT;

import dev.clade.zoo.world.Player;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Three soldiers find crawlers in the fog and kill them; when a dozen are dead, a dozen others are
/// somewhere. Reward: 1 for a crawler, -1 for a soldier. The episode ends with the last soldier.
final class Hunt implements Mission {

    private static final int SOLDIERS = 3;
    private static final int CRAWLERS = 12;
    private static final int AWAY = 6;

    @Override
    public Set<Function> functions() {
        return EnumSet.of(NO_OP, SELECT_ALL, SELECT_UNIT, SELECT_AREA, MOVE, ATTACK);
    }

    @Override
    public Set<Layer> layers() {
        return EnumSet.of(
                Layer.SEEN, Layer.SOLDIER, Layer.SELECTED, Layer.HITS, Layer.BUSY, Layer.CRAWLER, Layer.ENEMY_HITS);
    }

    @Override
    public boolean fog() {
        return true;
    }

    @Override
    public void begin(Arena arena) {
        int centre = arena.board.cells / 2 + arena.board.side / 2;
        for (int i = 0; i < SOLDIERS; i++) {
            arena.enter(arena.own, Kind.SOLDIER, centre + i - SOLDIERS / 2);
        }
        scatter(arena);
    }

    private static void scatter(Arena arena) {
        for (int i = 0; i < CRAWLERS; i++) {
            arena.enter(arena.enemies, Kind.CRAWLER, arena.away(AWAY));
        }
    }

    @Override
    public double after(Arena arena) {
        if (arena.enemies.count() == 0) {
            scatter(arena);
        }
        return arena.killed - arena.lost;
    }

    @Override
    public Player player(Skirmish world) {
        return new Script(world)::act;
    }

    /// All soldiers go together where nobody looked for longest, near places first, and shoot at the
    /// weakest that they see, the nearest first.
    private static final class Script {

        private final Skirmish world;
        private final int[] seen;
        private int time;
        private int goal = -1;

        Script(Skirmish world) {
            this.world = world;
            seen = new int[world.arena.board.cells];
            Arrays.fill(seen, -1_000);
        }

        int act() {
            var arena = world.arena;
            time++;
            for (int cell = 0; cell < seen.length; cell++) {
                seen[cell] = arena.fog.sees(cell) ? time : seen[cell];
            }
            Unit first = null;
            boolean all = true;
            for (var unit : arena.own.units) {
                if (unit.alive) {
                    first = first == null ? unit : first;
                    all &= unit.selected;
                }
            }
            if (first == null || !all) {
                return world.action(SELECT_ALL, 0);
            }
            var prey = weakest(first.cell);
            if (prey != null) {
                goal = -1;
                return world.action(first.prey == prey ? NO_OP : ATTACK, prey.cell);
            }
            if (goal < 0 || seen[goal] == time) {
                goal = oldest(first.cell);
                return world.action(ATTACK, goal);
            }
            return world.action(first.idle() ? ATTACK : NO_OP, goal);
        }

        private @Nullable Unit weakest(int from) {
            Unit best = null;
            int least = Integer.MAX_VALUE;
            for (var enemy : world.arena.enemies.units) {
                if (enemy.alive && world.arena.fog.sees(enemy.cell)) {
                    int worth = 100 * world.arena.board.distance(from, enemy.cell) + enemy.hits;
                    if (worth < least) {
                        least = worth;
                        best = enemy;
                    }
                }
            }
            return best;
        }

        private int oldest(int from) {
            int best = 0;
            int most = Integer.MIN_VALUE;
            for (int cell = 0; cell < seen.length; cell++) {
                int worth = Math.min(200, time - seen[cell]) - 10 * world.arena.board.distance(from, cell);
                if (worth > most && seen[cell] < time) {
                    most = worth;
                    best = cell;
                }
            }
            return best;
        }
    }
}
