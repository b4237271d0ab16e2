package dev.clade.zoo.feudal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// By hand: one environment in a plane, with a horizon of two.
class TravelTest {

    private static final float DIAGONAL = (float) Math.sqrt(0.5);

    /// States of memory (2), of three steps, and of what is seen after them.
    private static Tensor states() {
        return Tensor.of(new float[] {0, 0, 1, 0, 1, 1, 2, 2, 2, 3, 5, 3}, 6, 2);
    }

    private static Tensor goals() {
        return Tensor.of(new float[] {1, 0, 0, 1, 0, 1, 1, 0, 0, -1, 1, 0}, 6, 2);
    }

    private static Travel travel(boolean... ended) {
        return new Travel(states(), goals(), 2, new Ends(ended, 1));
    }

    @Test
    void cosines_ofDirections_areThoseOfTheirAngles() {
        try (var _ = Scope.still()) {
            var rows = Tensor.of(new float[] {2, 0, 1, 1, 0, 0, -3, 0}, 4, 2);
            var others = Tensor.of(new float[] {5, 0, 1, 0, 1, 0, 1, 0}, 4, 2);
            assertThat(Directions.cosines(rows, others).floats())
                    .containsExactly(new float[] {1, DIAGONAL, 0, -1}, within(1e-6f));
            assertThat(Directions.unit(rows).floats())
                    .containsExactly(new float[] {1, 0, DIAGONAL, DIAGONAL, 0, 0, -1, 0}, within(1e-6f));
        }
    }

    @Test
    void rewards_areMeanCosinesWithTheGoalsOfTheLastSteps() {
        try (var _ = Scope.still()) {
            // Step 0 leads to (2, 2): (1, 1) with its own goal (0, 1), and (1, 2) with (0, 1).
            // Step 1 leads to (2, 3): (0, 1) with (1, 0), and (1, 2) with (0, 1).
            // Step 2 leads to (5, 3): (3, 0) with (0, -1), and (3, 1) with (1, 0).
            float steep = (float) (2 / Math.sqrt(5));
            float flat = (float) (3 / Math.sqrt(10));
            assertThat(travel(false, false, false).rewards().floats())
                    .containsExactly(
                            new float[] {(DIAGONAL + steep) / 2, (0 + steep) / 2, (0 + flat) / 2}, within(1e-6f));
        }
    }

    @Test
    void rewards_atAnEnd_areNone_andGoalsBehindItDoNotCount() {
        try (var _ = Scope.still()) {
            var rewards = travel(true, false, false).rewards().floats();
            assertThat(rewards[0]).isZero();
            assertThat(rewards[1]).isZero();
            assertThat(rewards[2]).isCloseTo((float) (3 / Math.sqrt(10)) / 2, within(1e-6f));
        }
    }

    @Test
    void rewards_withoutAPast_haveNothingFromIt() {
        try (var _ = Scope.still()) {
            var blank = Tensor.zeros(2, 2);
            var travel = new Travel(
                    Tensor.joined(List.of(blank, states().narrow(0, 2, 4)), 0),
                    Tensor.joined(List.of(blank, goals().narrow(0, 2, 4)), 0),
                    2,
                    new Ends(new boolean[3], 1));
            assertThat(travel.rewards().floats()[0]).isCloseTo(DIAGONAL / 2, within(1e-6f));
        }
    }

    /// Steps 0 and 1 have a state two steps ahead; for step 2 the last one stands.
    @Test
    void cosines_lookAheadAsFarAsTheUnrollAndTheEpisodeGo() {
        try (var _ = Scope.still()) {
            var own = goals().narrow(0, 2, 4);
            float up = (float) (2 / Math.sqrt(5));
            float right = (float) (3 / Math.sqrt(10));
            // (1, 2) with (0, 1); (3, 1) with (1, 0); (3, 0) with (0, -1).
            assertThat(travel(false, false, false).cosines(own).floats())
                    .containsExactly(new float[] {up, right, 0}, within(1e-6f));
            // Step 1 ends the episode: (1, 1) with (0, 1), then nowhere.
            assertThat(travel(false, true, false).cosines(own).floats())
                    .containsExactly(new float[] {DIAGONAL, 0, 0}, within(1e-6f));
        }
    }
}
