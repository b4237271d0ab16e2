package dev.clade.zoo.unreal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import dev.clade.zoo.world.World;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Pictures here are of one grey, which says the number of the step: `step / 255`.
class ReplayTest {

    private static final Cells CELLS = Cells.of(new World.Shape(1, 20, 20));
    private static final int PIXELS = CELLS.shape().size();
    private static final int WIDTH = 2;

    /// Adds step after step: what is before says the number, too, and the action is the number modulo 7.
    private static final class Days {

        private final Replay replay;
        private final int environments;
        private int day;

        Days(int environments, int capacity) {
            this.environments = environments;
            replay = new Replay(CELLS, environments, capacity, WIDTH);
        }

        void pass(double reward, boolean ended) {
            for (int i = 0; i < environments; i++) {
                var seen = new float[PIXELS + 3];
                Arrays.fill(seen, day / 255f);
                replay.ring(i).add(seen, 3, new float[] {9, day, i}, 1, day % 7, reward, ended);
            }
            day++;
        }

        void pass(int days) {
            for (int i = 0; i < days; i++) {
                pass(0, false);
            }
        }
    }

    private static int day(float[] seen, int row) {
        return Math.round(seen[row * PIXELS] * 255);
    }

    private static Philox random(int seed) {
        return Philox.keyed(seed, 0, 0, "replay");
    }

    @Test
    void ring_thatIsFull_forgetsTheOldest() {
        var days = new Days(1, 5);
        days.pass(3);
        var ring = days.replay.ring(0);
        assertThat(ring.count()).isEqualTo(3);
        assertThat(ring.action(0)).isZero();
        days.pass(0.5, true);
        days.pass(5);
        assertThat(ring.count()).isEqualTo(5);
        assertThat(ring.action(0)).isEqualTo(4);
        assertThat(ring.action(4)).isEqualTo(8 % 7);
        days.pass(0.5, true);
        assertThat(ring.ended(4)).isTrue();
        assertThat(ring.reward(4)).isEqualTo(0.5f);
        assertThat(ring.ended(3)).isFalse();
        var seen = new float[PIXELS];
        ring.seen(4, seen, 0);
        assertThat(seen).containsOnly(9 / 255f);
        var before = new float[3];
        ring.before(4, before, 1);
        assertThat(before).containsExactly(0, 9, 0);
    }

    @Test
    void windows_whileLittleIsKnown_areNone_andThenShort() {
        var days = new Days(2, 50);
        assertThat(days.replay.windows(3, 5, random(1))).isEmpty();
        days.pass(1);
        assertThat(days.replay.windows(3, 5, random(1))).isEmpty();
        days.pass(1);
        var windows = days.replay.windows(3, 5, random(1)).orElseThrow();
        for (int window = 0; window < 3; window++) {
            assertThat(windows.length(window)).isEqualTo(1);
            assertThat(windows.ended(window)).isFalse();
        }
    }

    /// What is in a window is what was, step by step, and nothing of another episode.
    @Test
    void windows_ofManyDraws_areWhatWas_andNeverCrossAnEnd() {
        var days = new Days(3, 60);
        for (int i = 0; i < 100; i++) {
            days.pass(i, i % 9 == 8);
        }
        var random = random(2);
        Set<Integer> begun = new HashSet<>();
        Set<Integer> lengths = new HashSet<>();
        for (int draw = 0; draw < 200; draw++) {
            var windows = days.replay.windows(2, 5, random).orElseThrow();
            for (int window = 0; window < 2; window++) {
                int length = windows.length(window);
                int first = day(windows.seen(), window);
                begun.add(first);
                lengths.add(length);
                for (int step = 0; step < 5; step++) {
                    int row = windows.row(step, window);
                    int day = first + step;
                    boolean inside = step < length;
                    boolean known = step < length || (step == length && !windows.ended(window));
                    assertThat(day(windows.seen(), row)).isEqualTo(known ? day : 0);
                    assertThat(windows.before()[row * WIDTH]).isEqualTo(known ? day : 0);
                    assertThat(windows.action(row)).isEqualTo(inside ? day % 7 : 0);
                    assertThat(windows.reward(row)).isEqualTo(inside ? day : 0);
                    boolean moves = inside && day % 9 != 8;
                    assertThat(windows.change(row, 3)).isCloseTo(moves ? 1 / 255f : 0, within(1e-7f));
                    assertThat(step < length - 1 && day % 9 == 8).isFalse();
                }
                assertThat(windows.ended(window)).isEqualTo((first + length - 1) % 9 == 8);
                assertThat(length == 5 || windows.ended(window)).isTrue();
                assertThat(windows.moves(window)).isEqualTo(windows.ended(window) ? length - 1 : length);
                if (!windows.ended(window)) {
                    assertThat(day(windows.seen(), windows.row(length, window))).isEqualTo(first + length);
                }
            }
        }
        assertThat(begun).contains(40, 94).allMatch(day -> day >= 40 && day <= 94);
        assertThat(lengths).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }

    @Test
    void windows_ofTheSameStream_areTheSame() {
        var days = new Days(2, 40);
        days.pass(40);
        var one = days.replay.windows(4, 6, random(3)).orElseThrow();
        var other = days.replay.windows(4, 6, random(3)).orElseThrow();
        var another = days.replay.windows(4, 6, random(4)).orElseThrow();
        assertThat(other.seen()).containsExactly(one.seen());
        assertThat(another.seen()).isNotEqualTo(one.seen());
    }

    @Test
    void triples_areThreeDaysOfOneEpisode_andTheSignOfWhatFollowed() {
        var days = new Days(2, 70);
        assertThat(days.replay.triples(1, random(5))).isEmpty();
        for (int i = 0; i < 100; i++) {
            days.pass(reward(i), i % 9 == 8);
        }
        var triples = days.replay.triples(300, random(5)).orElseThrow();
        for (int i = 0; i < 300; i++) {
            int last = day(triples.seen(), 3 * i + 2);
            assertThat(day(triples.seen(), 3 * i)).isEqualTo(last - 2);
            assertThat(day(triples.seen(), 3 * i + 1)).isEqualTo(last - 1);
            assertThat(last % 9).isGreaterThanOrEqualTo(2);
            assertThat(triples.classes()[i]).isEqualTo(1 + (long) Math.signum(reward(last)));
        }
    }

    /// One step in eleven is rewarded, half of them ill.
    private static double reward(int day) {
        return day % 22 == 5 ? 2 : day % 22 == 16 ? -0.5 : 0;
    }

    /// Of 2,000 coins the share of heads is within 0.05 of 1/2 but with a probability below 1e-5; of all steps only
    /// a tenth are rewarded.
    @Test
    void triples_areRewarded_halfOfTheTime() {
        var days = new Days(1, 100);
        for (int i = 0; i < 100; i++) {
            days.pass(i % 11 == 5 ? 1 : 0, false);
        }
        var classes = days.replay.triples(2_000, random(6)).orElseThrow().classes();
        double share = Arrays.stream(classes).filter(c -> c == 2).count() / 2_000.0;
        assertThat(share).isCloseTo(0.5, within(0.05));
    }

    @Test
    void triples_ofOneKindAlone_areOfIt() {
        var nothing = new Days(1, 9);
        nothing.pass(9);
        assertThat(nothing.replay.triples(20, random(7)).orElseThrow().classes())
                .containsOnly(1);
        var always = new Days(1, 9);
        for (int i = 0; i < 9; i++) {
            always.pass(-1, false);
        }
        assertThat(always.replay.triples(20, random(7)).orElseThrow().classes()).containsOnly(0);
    }
}
