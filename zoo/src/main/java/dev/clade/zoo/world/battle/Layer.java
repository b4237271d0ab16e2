package dev.clade.zoo.world.battle;

/// A plane of what is seen: a number for each cell, 0 where nothing of it is.
enum Layer {
    /// 1 where own units see now, 0.5 where they did before.
    SEEN,

    /// 1 for an own soldier.
    SOLDIER,

    /// 1 for an own worker.
    WORKER,

    /// 1 for an own unit that is selected.
    SELECTED,

    /// The hit points of an own unit, as a share.
    HITS,

    /// 1 for an own unit with an order.
    BUSY,

    /// What an own unit carries: 1 for ore, 0.5 for gas.
    CARGO,

    /// 1 for an enemy that is a crawler.
    CRAWLER,

    /// 1 for an enemy that is a spitter.
    SPITTER,

    /// 1 for an enemy that is a burster.
    BURSTER,

    /// The hit points of an enemy, as a share.
    ENEMY_HITS,

    /// 1 for what is to be collected.
    SHARD,

    /// 1 for a field of ore.
    ORE,

    /// 1 for a field of gas.
    GAS,

    /// For the base 0.5, and 0.1 for each that it is told to train.
    BASE,

    /// 1 for a depot, 0.25 while it is built.
    DEPOT,

    /// For a barracks 0.5, and 0.1 for each that it is told to train; 0.25 while it is built.
    BARRACKS,

    /// In all cells the ore in stock, as a share of 300, at most 1.
    STOCK,

    /// In all cells how many more units may be there, as a share of 16, at most 1.
    ROOM
}
