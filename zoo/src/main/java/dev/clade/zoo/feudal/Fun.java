package dev.clade.zoo.feudal;

import dev.clade.random.Randomness;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.agent.Actions;
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

/// The agent of `trainer: {zoo: fun}`: FeUdal Networks (Vezhnevets et al. 2017, arXiv 1703.01161).
public final class Fun implements Agent<Costs> {

    private final Network network;
    private final double managersDiscount;

    private Fun(Network network, double managersDiscount) {
        this.network = network;
        this.managersDiscount = managersDiscount;
    }

    /// @param folder of the experiment file; nothing is read from it
    /// @param population how many members there are to be
    public static Trainer.Factory read(Setting.Mapping mapping, Path folder, int population) {
        var fields = Fields.of(mapping, "the trainer 'fun'");
        fields.need("zoo");
        var settings = Settings.read(fields);
        var hierarchy = Hierarchy.read(fields);
        fields.end();
        return Agents.members(settings, of(settings, hierarchy), population);
    }

    static Fun of(Settings settings, Hierarchy hierarchy) {
        var world = settings.world();
        return new Fun(Network.of(world.shape(), Actions.of(world), hierarchy), hierarchy.discount());
    }

    @Override
    public String name() {
        return "fun";
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
        var all = unroll.allSeen();
        var seen = Tensor.of(all, all.length / unroll.size(), unroll.size());
        var unrolled =
                network.unrolled(weights, seen, unroll.memory(), new Ends(unroll.ended(), unroll.environments()));
        return workers(unrolled, unroll, costs, discount).plus(managers(unrolled, unroll, costs));
    }

    /// Of the world's rewards and, by their cost, the manager's (equations 8 and 9).
    private Tensor workers(Network.Unrolled unrolled, Unroll unroll, Costs costs, double discount) {
        var intrinsic = unrolled.travel().rewards();
        unroll.tell("intrinsic_reward", intrinsic.mean());
        var rewards = Travel.sum(unroll.rewards(), intrinsic.floats(), costs.intrinsic());
        return ActorCritic.loss(
                Policy.of(network.actions(), unrolled.said(), unroll.masks()),
                unrolled.said().narrow(1, network.actions().logits(), 1).reshape(-1),
                unroll,
                unroll.returns(rewards, unroll.values(), discount),
                costs.entropy(),
                costs.value());
    }

    /// Of the world's rewards alone (equation 7).
    private Tensor managers(Network.Unrolled unrolled, Unroll unroll, Costs costs) {
        var returns =
                unroll.returns(unroll.rewards(), unrolled.values().detached().floats(), managersDiscount);
        var cosines = unrolled.travel().cosines(unrolled.goals());
        unroll.tell("goal_cosine", cosines.mean());
        return Transition.loss(
                cosines,
                unrolled.values().narrow(0, 0, returns.length),
                Tensor.of(returns, returns.length),
                costs.value());
    }
}
