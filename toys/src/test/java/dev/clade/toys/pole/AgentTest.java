package dev.clade.toys.pole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Randomness;
import org.junit.jupiter.api.Test;

class AgentTest {

    @Test
    void adam_firstStep_movesByTheLearningRateAgainstTheSign() {
        var adam = new Adam(2);
        var weights = new double[] {1, 1};
        adam.step(weights, new double[] {0.3, -20}, 1, 0.01);
        assertThat(weights[0]).isCloseTo(0.99, within(1e-7));
        assertThat(weights[1]).isCloseTo(1.01, within(1e-7));
    }

    @Test
    void judge_twoActsThenAnEnd_givesWhatTheEquationGives() {
        var rollout = new Rollout(1, 3);
        rollout.rewards[0] = 1;
        rollout.rewards[1] = 2;
        rollout.rewards[2] = 4;
        rollout.values[0] = 0.5;
        rollout.values[1] = 0.25;
        rollout.nexts[0] = 0.25;
        rollout.nexts[2] = 1;
        rollout.ends[1] = true;
        rollout.judge(0.5, 0.5);
        double second = 0.5 * 2 - 0.25;
        double first = 0.5 * 1 + 0.5 * 0.25 - 0.5 + 0.25 * second;
        double third = 0.5 * 4 + 0.5 * 1;
        assertThat(rollout.targets).containsExactly(0.5 + first, 0.25 + second, third);
        assertThat(rollout.advantages[0] + rollout.advantages[1] + rollout.advantages[2])
                .isCloseTo(0, within(1e-9));
    }

    @Test
    void choose_withNewWeights_drawsEveryForceAboutAsOften() {
        var agent = new Agent();
        agent.draw(Randomness.keyed(5, 0, 0));
        var random = Randomness.keyed(5, 0, 0).of("choices");
        var counts = new int[SwingUp.CHOICES];
        for (int i = 0; i < 3000; i++) {
            counts[agent.choose(new double[] {0, 0, 0, -1, 0}, random)]++;
        }
        assertThat(java.util.Arrays.stream(counts)).allMatch(count -> 900 < count && count < 1100);
    }

    @Test
    void blend_withoutAnythingFresh_keepsTheWeightsAndStartsTheOptimisersAnew() {
        var agent = new Agent();
        agent.draw(Randomness.keyed(5, 0, 0));
        new Practice(Randomness.keyed(6, 0, 0)).update(agent, Recipe.DEFAULT);
        var actor = agent.vectors().getFirst().clone();
        agent.blend(1, 0, Randomness.keyed(7, 0, 0));
        assertThat(agent.vectors().getFirst()).isEqualTo(actor);
        assertThat(agent.steps()).isZero();
        assertThat(agent.vectors().get(1)).containsOnly(0);
    }
}
