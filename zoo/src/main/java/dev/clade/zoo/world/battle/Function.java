package dev.clade.zoo.world.battle;

/// What can be done. Those that take no target come first.
enum Function {
    /// Nothing.
    NO_OP,

    /// All own units are selected.
    SELECT_ALL,

    /// The next unit that has nothing to do is selected, and nobody else.
    SELECT_IDLE,

    /// The base is told to train a worker.
    TRAIN_WORKER,

    /// The barracks that has least to do is told to train a soldier.
    TRAIN_SOLDIER,

    /// The own unit in a cell is selected, and nobody else.
    SELECT_UNIT,

    /// Own units at most two cells from a cell are selected, and nobody else.
    SELECT_AREA,

    /// Who is selected goes to a cell.
    MOVE,

    /// The soldiers among them go after the enemy that is seen in a cell; if none is, to the cell, and
    /// fight on the way.
    ATTACK,

    /// The workers among them carry loads from the field in a cell.
    GATHER,

    /// The nearest worker among them begins a depot in a cell.
    BUILD_DEPOT,

    /// The nearest worker among them begins a barracks in a cell.
    BUILD_BARRACKS;

    boolean aimed() {
        return compareTo(SELECT_UNIT) >= 0;
    }
}
