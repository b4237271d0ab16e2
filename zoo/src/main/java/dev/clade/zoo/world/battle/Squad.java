package dev.clade.zoo.world.battle;

import java.util.Arrays;

/// The units of a side: as many places as it may have units.
final class Squad {

    final Unit[] units;
    private int count;

    Squad(int places, boolean own) {
        units = new Unit[places];
        Arrays.setAll(units, id -> new Unit(id, own));
    }

    /// How many are alive.
    int count() {
        return count;
    }

    boolean full() {
        return count == units.length;
    }

    void clear() {
        for (var unit : units) {
            unit.alive = false;
        }
        count = 0;
    }

    /// A unit on the first free place; there must be one.
    Unit enter(Kind kind, int cell) {
        int place = 0;
        while (units[place].alive) {
            place++;
        }
        count++;
        units[place].enter(kind, cell);
        return units[place];
    }

    void leave(Unit unit) {
        unit.alive = false;
        count--;
    }
}
