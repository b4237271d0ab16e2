package dev.clade.zoo.a3c;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.agent.AgentModel;
import dev.clade.zoo.agent.Settings;
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

/// A member, its learners in turn.
class A3cModelTest extends SoloContract<Level> {

    private static Level level(String word) {
        return Levels.find(word).orElseThrow();
    }

    private static Trainer trainer(Settings settings) throws IOException {
        return Solo.of(() -> new AgentModel<>(settings, A3c.of(settings)), Placement.HERE);
    }

    @Override
    protected List<Level> kinds() {
        return List.of(level("battle/beacon"));
    }

    @Override
    protected Trainer trainer(Level level) throws IOException {
        return trainer(Settings.of(level, 2, 1, 1, 5));
    }

    private static Hyperparameters one(String name, Value value) {
        return new Hyperparameters(new TreeMap<>(Map.of(name, value)));
    }

    @Override
    protected Hyperparameters learning() {
        return one("lr", new Value.Real(2e-3));
    }

    @Override
    protected Hyperparameters still() {
        return one("lr", new Value.Real(0));
    }

    @Override
    protected Hyperparameters ruinous() {
        return one("lr", new Value.Real(1e30));
    }

    @Override
    protected Set<String> measured() {
        return Set.of("return", "normalised");
    }

    @Override
    protected Set<String> reported() {
        return Set.of("test_return", "test_normalised");
    }
}
