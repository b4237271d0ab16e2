package dev.clade.zoo.world.arcade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.zoo.world.RandomPlay;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds of all games, beside what every level owes.
class ArcadeTest {

    @ParameterizedTest
    @EnumSource
    void randomPlay_ofManySteps_breaksNoInvariant(Arcade game) {
        var world = game.world();
        RandomPlay.hold(world, Game.LIMIT, 100_000, (reward, seen) -> {
            assertThat(reward).isIn(0.0, 1.0);
            holds(game, seen, world.ended());
        });
    }

    private static void holds(Arcade game, float[] seen, boolean ended) {
        switch (game) {
            case BRICKS -> {
                assertThat(count(seen, 1)).isOne();
                assertThat(count(seen, 2)).isOne();
                assertThat(count(seen, 3)).isEqualTo(2);
                assertThat(both(seen, 0, 2)).isZero();
            }
            case CROSSING -> {
                assertThat(count(seen, 0) + count(seen, 1)).isEqualTo(16);
                assertThat(count(seen, 3)).isOne();
                assertThat(both(seen, 0, 3) + both(seen, 1, 3)).isZero();
            }
            case DOTS -> {
                assertThat(count(seen, 2)).isOne();
                assertThat(count(seen, 3)).isBetween(1, 2);
                assertThat(both(seen, 0, 1) + both(seen, 0, 2) + both(seen, 0, 3) + both(seen, 1, 2))
                        .isZero();
                assertThat(both(seen, 2, 3) > 0 && !ended).isFalse();
            }
            case THRUST -> {
                assertThat(count(seen, 0)).isEqualTo(4);
                assertThat(count(seen, 1)).isOne();
                assertThat(count(seen, 2)).isBetween(ended ? 0 : 1, 1);
                assertThat(both(seen, 0, 1) + both(seen, 1, 2)).isZero();
            }
        }
    }

    private static int count(float[] seen, int channel) {
        return both(seen, channel, channel);
    }

    /// How many cells two channels share.
    private static int both(float[] seen, int one, int other) {
        int cells = 0;
        for (int cell = 0; cell < Game.CELLS; cell++) {
            boolean shared = seen[one * Game.CELLS + cell] != 0 && seen[other * Game.CELLS + cell] != 0;
            cells += shared ? 1 : 0;
        }
        return cells;
    }

    @ParameterizedTest
    @EnumSource
    void scriptedPlay_isWorthFiveTimesRandomPlay(Arcade game) {
        assertThat(game.marks().scripted()).isGreaterThan(5 * game.marks().random());
    }
}
