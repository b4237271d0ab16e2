package dev.clade.zoo.agent;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.member.SoloContract;
import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.levels.Levels;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What every agent's members promise, their learners in turn, measured by what they are and not by what they went
/// through.
public abstract class AgentContract extends SoloContract<Level> {

    /// Where it acts.
    protected abstract List<String> words();

    protected abstract Agent<?> agent(Settings settings);

    @Override
    protected final List<Level> kinds() {
        return words().stream().map(word -> Levels.find(word).orElseThrow()).toList();
    }

    @Override
    protected final Trainer trainer(Level level) throws IOException {
        var settings = Settings.of(level, 2, 1, 1, 5).fresh(true);
        return Solo.of(() -> new AgentModel<>(settings, agent(settings)), Placement.HERE);
    }

    private static Hyperparameters rate(double lr) {
        return new Hyperparameters(new TreeMap<>(Map.of("lr", new Value.Real(lr))));
    }

    @Override
    protected final Hyperparameters learning() {
        return rate(2e-3);
    }

    @Override
    protected final Hyperparameters still() {
        return rate(0);
    }

    @Override
    protected final Hyperparameters ruinous() {
        return rate(1e30);
    }

    @Override
    protected final Set<String> measured() {
        return Set.of("return", "normalised");
    }

    @Override
    protected final Set<String> reported() {
        return Set.of("test_return", "test_normalised");
    }
}
