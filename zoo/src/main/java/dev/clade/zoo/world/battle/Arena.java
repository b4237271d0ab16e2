package dev.clade.zoo.world.battle;

import dev.clade.zoo.world.World;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What a mini-game happens in: both sides, the board, the fog, what lies about; and what happened in the
/// last step.
final class Arena {

    private static final int OWN = 24;
    private static final int ENEMIES = 16;
    private static final int TRIES = 1_000;

    final Board board;
    final Fog fog;
    final Squad own = new Squad(OWN, true);
    final Squad enemies = new Squad(ENEMIES, false);
    final Labour labour;
    private final Fight fight;

    /// Things to collect.
    final boolean[] shards;

    RandomGenerator random = World.NONE;

    /// Enemies that were killed in the last step.
    int killed;

    /// Own units that fell in the last step.
    int lost;

    Arena(int side, boolean fog) {
        board = new Board(side);
        this.fog = new Fog(board, fog);
        labour = new Labour(this);
        fight = new Fight(this);
        shards = new boolean[board.cells];
    }

    void clear(RandomGenerator random) {
        this.random = random;
        board.clear();
        own.clear();
        enemies.clear();
        labour.clear();
        fog.close();
        Arrays.fill(shards, false);
        killed = 0;
        lost = 0;
    }

    Unit enter(Squad squad, Kind kind, int cell) {
        var unit = squad.enter(kind, cell);
        board.put(unit);
        return unit;
    }

    /// Both sides act, own units first; shots land at the end of the step, all at once.
    void pass() {
        killed = 0;
        lost = 0;
        labour.begin();
        for (var unit : own.units) {
            if (unit.alive) {
                act(unit);
            }
        }
        for (var enemy : enemies.units) {
            if (enemy.alive) {
                fight.hunt(enemy);
            }
        }
        killed = settle(enemies);
        lost = settle(own);
        labour.produce();
    }

    private void act(Unit unit) {
        switch (unit.order) {
            case NONE -> fight.stand(unit);
            case MOVE -> move(unit);
            case ATTACK -> fight.attack(unit);
            case GATHER -> labour.gather(unit);
            case DEPOT -> labour.build(unit, Building.Purpose.DEPOT);
            case BARRACKS -> labour.build(unit, Building.Purpose.BARRACKS);
        }
    }

    /// It has arrived where it was to go, or stands beside the crowd that is there.
    private void move(Unit unit) {
        boolean walks = unit.cell != unit.goal && walk(unit, unit.goal);
        if (unit.cell == unit.goal || (!walks && board.distance(unit.cell, unit.goal) <= 2)) {
            unit.rest();
        }
    }

    /// A stride towards a goal.
    ///
    /// @return false if its way is blocked
    boolean walk(Unit unit, int goal) {
        unit.stride += unit.kind.speed;
        if (unit.stride < Kind.STRIDE) {
            return true;
        }
        int first = unit.id % 2 == 0 ? 1 : -1;
        int there = board.towards(unit.cell, goal, first);
        if (there == unit.cell && unit.order == Order.GATHER) {
            there = passed(unit, goal);
        }
        if (there == unit.cell) {
            unit.stride = Kind.STRIDE - 1;
            return false;
        }
        unit.stride -= Kind.STRIDE;
        var other = board.at(there);
        board.lift(unit);
        if (other != null) {
            other.cell = unit.cell;
            board.put(other);
        }
        unit.cell = there;
        board.put(unit);
        return true;
    }

    /// A worker between field and base changes places with who is in its way and does not go the same way:
    /// crowds would hold up one another for good.
    private int passed(Unit unit, int goal) {
        for (int turn = -1; turn <= 1; turn++) {
            int there = board.ahead(unit.cell, goal, turn);
            var other = there < 0 ? null : board.at(there);
            if (other != null && other.own && other.harvest == 0 && !along(unit, other)) {
                return there;
            }
        }
        return unit.cell;
    }

    private static boolean along(Unit unit, Unit other) {
        return other.order == Order.GATHER && (other.cargo == null) == (unit.cargo == null);
    }

    /// Lets shots land.
    ///
    /// @return how many fell to them
    private int settle(Squad squad) {
        int fallen = 0;
        for (var unit : squad.units) {
            if (unit.alive && unit.hurt > 0) {
                unit.hits -= unit.hurt;
                unit.hurt = 0;
                unit.awake = true;
                if (unit.hits <= 0) {
                    bury(squad, unit);
                    fallen++;
                }
            }
        }
        return fallen;
    }

    /// Takes it off the board; who was after it has nobody to be after.
    void bury(Squad squad, Unit fallen) {
        squad.leave(fallen);
        board.lift(fallen);
        for (var unit : own.units) {
            if (unit.alive && unit.prey == fallen) {
                unit.rest();
            }
        }
    }

    /// The nearest of a side that is within some distance and seen, the first among equals.
    @Nullable
    Unit nearest(Squad squad, int cell, int most) {
        Unit best = null;
        int least = most + 1;
        for (var unit : squad.units) {
            if (unit.alive) {
                int distance = board.distance(cell, unit.cell);
                if (distance < least && (unit.own || fog.sees(unit.cell))) {
                    least = distance;
                    best = unit;
                }
            }
        }
        return best;
    }

    /// A free cell at random between two columns.
    int free(int left, int right) {
        int cell;
        do {
            cell = random.nextInt(board.side) * board.side + left + random.nextInt(right - left + 1);
        } while (!board.free(cell));
        return cell;
    }

    /// A free cell at random, so far from all own units where there is such a one among a thousand tries.
    int away(int least) {
        int cell = free(0, board.side - 1);
        for (int i = 0; i < TRIES && nearest(own, cell, least - 1) != null; i++) {
            cell = free(0, board.side - 1);
        }
        return cell;
    }

    /// A cell at random that something fixed may take, so far from another.
    int site(int from, int least, int most) {
        while (true) {
            int cell = random.nextInt(board.cells);
            int distance = board.distance(cell, from);
            if (distance >= least && distance <= most && board.site(cell)) {
                return cell;
            }
        }
    }
}
