package dev.clade.zoo.agent;

import dev.clade.trainer.Trainer;
import dev.clade.zoo.member.Members;
import dev.clade.zoo.member.Model;
import dev.clade.zoo.member.Workload;

/// The workload of an agent: members of it.
///
/// @param <V> the agent's own hyperparameters
public record Agents<V>(Settings settings, Agent<V> agent) implements Workload<Segment> {

    /// @param population how many members there are to be
    public static <V> Trainer.Factory members(Settings settings, Agent<V> agent, int population) {
        return new Members<>(new Agents<>(settings, agent), settings.sharing(), population);
    }

    /// Learners in threads write into the shared weights as they come.
    @Override
    public boolean repeatable() {
        return settings.threads() == 1;
    }

    @Override
    public Model<Segment> model() {
        return new AgentModel<>(settings, agent);
    }
}
