package dev.clade.zoo.a3c;

import dev.clade.random.Randomness;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.agent.ActorCritic;
import dev.clade.zoo.agent.Agent;
import dev.clade.zoo.agent.Agents;
import dev.clade.zoo.agent.Policy;
import dev.clade.zoo.agent.RecurrentNetwork;
import dev.clade.zoo.agent.Settings;
import dev.clade.zoo.agent.Unroll;
import dev.clade.zoo.member.Asked;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.nio.file.Path;

/// The agent of `trainer: {zoo: a3c}`: asynchronous advantage actor-critic with a memory (Mnih et al. 2016, arXiv
/// 1602.01783).
public final class A3c implements Agent<Costs> {

    private final Network network;

    private A3c(Network network) {
        this.network = network;
    }

    /// @param folder of the experiment file; nothing is read from it
    /// @param population how many members there are to be
    public static Trainer.Factory read(Setting.Mapping mapping, Path folder, int population) {
        var fields = Fields.of(mapping, "the trainer 'a3c'");
        fields.need("zoo");
        var settings = Settings.read(fields);
        fields.end();
        return Agents.members(settings, of(settings), population);
    }

    static A3c of(Settings settings) {
        return new A3c(Network.of(settings.world()));
    }

    @Override
    public String name() {
        return "a3c";
    }

    @Override
    public RecurrentNetwork network() {
        return network;
    }

    @Override
    public Costs values(Asked asked) {
        return Costs.of(asked);
    }

    @Override
    public Lesson lesson(Costs costs, double discount, Randomness random) {
        return (weights, unroll) -> loss(weights, unroll, costs, discount);
    }

    private Tensor loss(Weights weights, Unroll unroll, Costs costs, double discount) {
        var sight = network.see(weights, unroll.seen(), unroll.seenBefore());
        var said = network.heads(weights, sight, network.through(weights, sight, unroll));
        return ActorCritic.loss(
                Policy.of(network.actions(), said, unroll.masks()),
                said.narrow(1, network.actions().logits(), 1).reshape(-1),
                unroll,
                unroll.returns(discount),
                costs.entropy(),
                costs.value());
    }
}
