package dev.clade.zoo.world.battle;

/// What a unit is. Numbers are after those of the units whose manner it has, as if a cell were 1.5 of the
/// game's lengths and a step eight of its loops, 0.36 s; with what was changed so that scripts are worth
/// their while.
enum Kind {
    /// After the marine.
    SOLDIER(45, 6, 3, 2, 12, 4),

    /// After the SCV. It bears no weapon here.
    WORKER(45, 0, 0, 0, 15, 4),

    /// After the zergling: quick, and dangerous only from beside. It strikes half as often here, and sees
    /// less far.
    CRAWLER(35, 5, 1, 3, 15, 3),

    /// After the roach: strong, and slow to shoot. Its range is rounded down, so that soldiers shoot first.
    SPITTER(145, 16, 2, 4, 12, 5),

    /// After the baneling: it bursts beside a soldier and hurts all of them around itself.
    BURSTER(30, 35, 1, 1, 13, 5);

    /// A unit moves by a cell when its strides add up to so many parts of one.
    static final int STRIDE = 16;

    final int hits;
    final int damage;
    final int range;
    final int cooldown;
    final int speed;
    final int sight;

    /// @param hits hit points at first
    /// @param damage hit points that a shot takes; 0 if it bears no weapon
    /// @param range cells that it shoots over
    /// @param cooldown steps from shot to shot
    /// @param speed sixteenths of a cell a step
    /// @param sight cells that it sees over
    Kind(int hits, int damage, int range, int cooldown, int speed, int sight) {
        this.hits = hits;
        this.damage = damage;
        this.range = range;
        this.cooldown = cooldown;
        this.speed = speed;
        this.sight = sight;
    }

    boolean armed() {
        return damage > 0;
    }
}
