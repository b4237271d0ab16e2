package dev.clade.zoo.world.battle;

import dev.clade.zoo.world.Player;
import java.util.Set;

/// A mini-game: who stands in the arena at first, what is worth something, and what comes next.
sealed interface Mission permits Beacon, Build, Gather, Hunt, Shards, Waves {

    /// What can be done in it.
    Set<Function> functions();

    /// What is seen of it.
    Set<Layer> layers();

    /// An episode ends after so many steps.
    default int limit() {
        return 240;
    }

    /// Whether only that is seen which own units see.
    default boolean fog() {
        return false;
    }

    /// Sets the arena up, which is empty.
    void begin(Arena arena);

    /// Looks at what happened in a step, and goes on with the game.
    ///
    /// @return the reward of the step
    double after(Arena arena);

    /// Who plays it by its rules. It sees what an agent sees, and what orders own units have.
    Player player(Skirmish world);
}
