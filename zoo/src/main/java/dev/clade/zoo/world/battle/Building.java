package dev.clade.zoo.world.battle;

/// A building, or room for one.
final class Building {

    /// How many it trains one after the other at most.
    static final int QUEUE = 5;

    /// What a building is.
    enum Purpose {
        /// Takes loads and trains workers; supplies eight.
        BASE(0, 0, 8),

        /// Supplies eight.
        DEPOT(100, 10, 8),

        /// Trains soldiers.
        BARRACKS(150, 20, 0);

        final int cost;
        final int time;
        final int supply;

        /// @param cost ore
        /// @param time steps until it stands
        /// @param supply units that it allows to be there
        Purpose(int cost, int time, int supply) {
            this.cost = cost;
            this.time = time;
            this.supply = supply;
        }
    }

    boolean there;
    Purpose purpose = Purpose.BASE;
    int cell;

    /// Steps until it stands.
    int unfinished;

    /// How many it has been told to train.
    int queue;

    /// Steps that it has trained the first of them.
    int trained;

    void enter(Purpose purpose, int cell) {
        there = true;
        this.purpose = purpose;
        this.cell = cell;
        unfinished = purpose.time;
        queue = 0;
        trained = 0;
    }

    boolean stands() {
        return there && unfinished == 0;
    }
}
