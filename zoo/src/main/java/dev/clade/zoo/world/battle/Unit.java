package dev.clade.zoo.world.battle;

import org.jspecify.annotations.Nullable;

/// A unit, or a place for one.
final class Unit {

    /// Its place among the units of its side.
    final int id;

    final boolean own;

    boolean alive;
    Kind kind = Kind.SOLDIER;
    int cell;
    int hits;

    /// Hit points that this step takes.
    int hurt;

    /// Steps until it may shoot again.
    int cooldown;

    int stride;
    boolean selected;

    /// Of an enemy: it has seen someone, or was hurt.
    boolean awake;

    Order order = Order.NONE;
    int goal;

    /// Whom it is after; nobody if it only goes to its goal.
    @Nullable
    Unit prey;

    /// What it carries.
    @Nullable
    Cargo cargo;

    /// Steps that its harvest still takes; 0 if it is at none.
    int harvest;

    Unit(int id, boolean own) {
        this.id = id;
        this.own = own;
    }

    void enter(Kind kind, int cell) {
        this.kind = kind;
        this.cell = cell;
        alive = true;
        hits = kind.hits;
        hurt = 0;
        cooldown = 0;
        stride = Kind.STRIDE - 1;
        selected = false;
        awake = false;
        cargo = null;
        rest();
    }

    void rest() {
        command(Order.NONE, cell, null);
    }

    void command(Order order, int goal, @Nullable Unit prey) {
        this.order = order;
        this.goal = goal;
        this.prey = prey;
        harvest = 0;
    }

    boolean idle() {
        return order == Order.NONE;
    }

    /// Hit points left, as a share.
    float health() {
        return (float) hits / kind.hits;
    }
}
