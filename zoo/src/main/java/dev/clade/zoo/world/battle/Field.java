package dev.clade.zoo.world.battle;

import org.jspecify.annotations.Nullable;

/// A place where loads are gathered, or room for one.
final class Field {

    boolean there;
    Cargo cargo = Cargo.ORE;
    int cell;

    /// Loads left.
    int left;

    /// Who was the last to begin a harvest.
    @Nullable
    Unit worker;

    void enter(Cargo cargo, int cell, int loads) {
        there = true;
        this.cargo = cargo;
        this.cell = cell;
        left = loads;
        worker = null;
    }

    /// Whether somebody is at it.
    boolean taken() {
        return worker != null
                && worker.alive
                && worker.order == Order.GATHER
                && worker.goal == cell
                && worker.harvest > 0;
    }
}
