package dev.clade.zoo.world.battle;

import dev.clade.fault.Fault;
import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.Marks;
import dev.clade.zoo.world.Targeted;
import java.util.Locale;

/// The mini-games, by the words that experiment files use. The rules of each: `README.md` in this folder.
public enum Battle implements Level {
    /// A soldier goes from beacon to beacon.
    BEACON(1.03, 23.37),

    /// Two soldiers collect shards.
    COLLECT_SHARDS(9.82, 85.18),

    /// Three soldiers find crawlers in the fog.
    FIND_AND_KILL(-0.07, 11.11),

    /// Nine soldiers against four strong enemies, wave after wave.
    MELEE(3.63, 164.24),

    /// Nine soldiers against weak enemies and bursters, wave after wave.
    MIXED(48.85, 265.10),

    /// Workers carry ore and gas.
    GATHER(21.43, 157.06),

    /// Workers gather and build, so that soldiers are trained.
    BUILD(1.31, 38.23);

    /// Cells of a side where nobody says how many.
    public static final int SIDE = 16;

    /// What words begin with.
    private static final String ROOM = "battle/";

    private static final int LEAST = 12;
    private static final int MOST = 32;

    private final double random;
    private final double scripted;

    Battle(double random, double scripted) {
        this.random = random;
        this.scripted = scripted;
    }

    /// The mini-game on 16 x 16 cells.
    @Override
    public Targeted world() {
        return world(SIDE);
    }

    /// The mini-game on a board of another size. Marks are of 16 x 16 cells.
    ///
    /// @param side cells of a side, 12 to 32
    public Targeted world(int side) {
        if (side < LEAST || side > MOST) {
            throw new Fault(
                    3390,
                    "a board of " + side + " x " + side + " cells is no battle grid.",
                    "side " + side,
                    LEAST + " to " + MOST,
                    "Leave the side out: it is " + SIDE + ".");
        }
        return new Skirmish(mission(), side);
    }

    private Mission mission() {
        return switch (this) {
            case BEACON -> new Beacon();
            case COLLECT_SHARDS -> new Shards();
            case FIND_AND_KILL -> new Hunt();
            case MELEE -> Waves.melee();
            case MIXED -> Waves.mixed();
            case GATHER -> new Gather();
            case BUILD -> new Build();
        };
    }

    @Override
    public int limit() {
        return mission().limit();
    }

    @Override
    public Marks marks() {
        return new Marks(500, random, scripted);
    }

    @Override
    public String word() {
        return ROOM + name().toLowerCase(Locale.ROOT);
    }
}
