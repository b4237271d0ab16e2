package dev.clade.zoo.unreal;

import dev.clade.random.Randomness;
import dev.clade.zoo.agent.ActorCritic;
import dev.clade.zoo.agent.Agent;
import dev.clade.zoo.agent.Policy;
import dev.clade.zoo.agent.Unroll;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.ArrayList;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What a learner learns by: the loss of A3C on what it just did, and those of the other tasks on what it did
/// before (Jaderberg et al. 2016, arXiv 1611.05397, section 3.4). Each replays as many windows, or triples, as
/// there are environments; one draw of windows serves pixel control and value replay.
///
/// ```
/// loss = A3C + (pixel_control_weight L_PC + value_replay_weight L_VR + reward_prediction_weight L_RP) / rows
/// ```
///
/// The paper's losses are sums over an unroll; `rows`, the steps of an unroll in all environments, makes them
/// means as A3C's is.
final class Curriculum implements Agent.Lesson {

    private final Network network;
    private final Tasks tasks;
    private final Costs costs;
    private final double discount;
    private final RandomGenerator windows;
    private final RandomGenerator triples;
    private Optional<Replay> replay = Optional.empty();

    /// @param discount of the reward of the next step
    Curriculum(Network network, Costs costs, double discount, Randomness random) {
        this.network = network;
        this.costs = costs;
        this.discount = discount;
        tasks = network.tasks();
        windows = random.of("windows");
        triples = random.of("triples");
    }

    @Override
    public Tensor loss(Weights weights, Unroll unroll) {
        var losses = new ArrayList<Tensor>();
        losses.add(game(weights, unroll));
        if (!tasks.tasks().isEmpty()) {
            var past = replay(unroll);
            keep(past, unroll);
            double share = 1.0 / (unroll.steps() * unroll.environments());
            if (tasks.windows()) {
                past.windows(unroll.environments(), unroll.steps(), windows)
                        .ifPresent(drawn -> losses.add(replayed(weights, drawn, unroll, share)));
            }
            if (tasks.has(Auxiliary.REWARD_PREDICTION)) {
                past.triples(unroll.environments(), triples)
                        .ifPresent(drawn -> losses.add(predicted(weights, drawn, unroll, share)));
            }
        }
        return losses.stream().reduce(Tensor::plus).orElseThrow();
    }

    private Tensor game(Weights weights, Unroll unroll) {
        var said = network.through(weights, unroll);
        return ActorCritic.loss(
                Policy.of(network.actions(), network.logits(weights, said), unroll.masks()),
                network.value(weights, said).reshape(-1),
                unroll,
                unroll.returns(discount),
                costs.entropy(),
                costs.value());
    }

    // --- what was before

    private Replay replay(Unroll unroll) {
        var past = replay.orElseGet(() -> {
            int each = Math.ceilDiv(tasks.replay(), unroll.environments());
            return new Replay(Cells.of(network.shape()), unroll.environments(), each, network.before());
        });
        replay = Optional.of(past);
        return past;
    }

    private void keep(Replay past, Unroll unroll) {
        for (int step = 0; step < unroll.steps(); step++) {
            for (int i = 0; i < unroll.environments(); i++) {
                int row = unroll.row(step, i);
                past.ring(i)
                        .add(
                                unroll.allSeen(),
                                row * unroll.size(),
                                unroll.allBefore(),
                                row * network.before(),
                                unroll.functions()[row],
                                unroll.rewards()[row],
                                unroll.ended()[row]);
            }
        }
    }

    /// Pixel control and value replay.
    private Tensor replayed(Weights weights, Windows drawn, Unroll unroll, double share) {
        var said = network.through(weights, drawn);
        var loss = Tensor.zeros();
        if (tasks.has(Auxiliary.PIXEL_CONTROL)) {
            var own = PixelControl.loss(network.worth(weights, said), drawn, tasks.pixelControlDiscount())
                    .times(share);
            unroll.tell("pixel_control", own);
            loss = loss.plus(own.times(costs.pixelControl()));
        }
        if (tasks.has(Auxiliary.VALUE_REPLAY)) {
            var own = ValueReplay.loss(network.value(weights, said), drawn, discount)
                    .times(share);
            unroll.tell("value_replay", own);
            loss = loss.plus(own.times(tasks.valueReplayWeight()));
        }
        return loss;
    }

    private Tensor predicted(Weights weights, Triples drawn, Unroll unroll, double share) {
        int pictures = drawn.count() * Triples.PICTURES;
        var seen = Tensor.of(drawn.seen(), pictures, network.shape().size());
        var own = RewardPrediction.loss(network.prediction(weights, seen), drawn);
        unroll.tell("reward_prediction", own.times(1.0 / drawn.count()));
        return own.times(share * tasks.rewardPredictionWeight());
    }
}
