package dev.clade.zoo.world.battle;

/// What is gathered, a load at a time.
enum Cargo {
    ORE(4),
    GAS(2);

    /// Steps that a harvest takes; the field is nobody else's so long.
    final int harvest;

    Cargo(int harvest) {
        this.harvest = harvest;
    }
}
