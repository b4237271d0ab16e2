package dev.clade.zoo.world.battle;

/// What a unit is about.
enum Order {
    /// Stands, and shoots at who comes into range.
    NONE,

    /// Goes somewhere and minds nobody.
    MOVE,

    /// Goes somewhere, or after somebody, and fights on the way.
    ATTACK,

    /// Carries load after load from a field to the base.
    GATHER,

    /// Goes and begins a depot.
    DEPOT,

    /// Goes and begins a barracks.
    BARRACKS
}
