package dev.clade.zoo.world.arcade;

import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.Marks;
import dev.clade.zoo.world.World;
import java.util.Locale;

/// The four games, by the words that experiment files use. The rules of each: `README.md` in this folder.
public enum Arcade implements Level {
    /// A paddle keeps a ball in play that breaks bricks.
    BRICKS(0.30, 52.99),

    /// A walker crosses a road.
    CROSSING(0.10, 42.14),

    /// A player eats dots in a maze and flees from ghosts.
    DOTS(6.50, 66.01),

    /// A ship collects pods against gravity.
    THRUST(0.05, 20.70);

    private final double random;
    private final double scripted;

    Arcade(double random, double scripted) {
        this.random = random;
        this.scripted = scripted;
    }

    /// A world of this game.
    @Override
    public World world() {
        return switch (this) {
            case BRICKS -> new Bricks();
            case CROSSING -> new Crossing();
            case DOTS -> new Dots();
            case THRUST -> new Thrust();
        };
    }

    @Override
    public int limit() {
        return Game.LIMIT;
    }

    @Override
    public Marks marks() {
        return new Marks(500, random, scripted);
    }

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
