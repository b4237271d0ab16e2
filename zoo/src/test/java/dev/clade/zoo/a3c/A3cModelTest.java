package dev.clade.zoo.a3c;

import dev.clade.zoo.agent.Agent;
import dev.clade.zoo.agent.AgentContract;
import dev.clade.zoo.agent.Settings;
import java.util.List;

/// A member.
class A3cModelTest extends AgentContract {

    @Override
    protected List<String> words() {
        return List.of("battle/beacon");
    }

    @Override
    protected Agent<?> agent(Settings settings) {
        return A3c.of(settings);
    }
}
