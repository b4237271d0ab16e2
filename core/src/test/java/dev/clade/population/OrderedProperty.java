package dev.clade.population;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.random.Philox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderedProperty {

    private static final long SEED = 20_261_125;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 100, 2000})
    void anyChanges_leaveWhatASortedSetWouldHave(int range) {
        var random = Philox.keyed(SEED, range, 0, "changes");
        var ordered = Ordered.<Integer>by(Comparator.naturalOrder());
        var expected = new TreeSet<Integer>();
        for (int i = 0; i < 3000; i++) {
            int value = random.nextInt(range);
            if (random.nextInt(5) < 3) {
                ordered = ordered.plus(value);
                expected.add(value);
            } else {
                ordered = ordered.minus(value);
                expected.remove(value);
            }
            if (i % 50 == 0) {
                same(ordered, expected, range);
            }
        }
        same(ordered, expected, range);
    }

    private static void same(Ordered<Integer> ordered, TreeSet<Integer> expected, int range) {
        var list = new ArrayList<>(expected);
        assertThat(List.copyOf(ordered)).isEqualTo(list);
        for (int i = 0; i < list.size(); i++) {
            assertThat(ordered.get(i)).isEqualTo(list.get(i));
        }
        for (int value = -1; value <= range; value++) {
            assertThat(ordered.place(value)).isEqualTo(list.indexOf(value));
            assertThat(ordered.before(value)).isEqualTo(expected.headSet(value).size());
            assertThat(ordered.from(value).orElse(-1))
                    .isEqualTo(expected.ceiling(value) == null ? -1 : expected.ceiling(value));
        }
    }

    @Test
    void elementsThatComeInOrder_leaveAShallowTree() {
        var compared = new int[1];
        var ordered = Ordered.<Integer>by((a, b) -> {
            compared[0]++;
            return Integer.compare(a, b);
        });
        for (int i = 0; i < 100_000; i++) {
            ordered = ordered.plus(i);
        }
        for (int i = 0; i < 50_000; i++) {
            ordered = ordered.minus(2 * i);
        }
        compared[0] = 0;
        ordered.before(77_777);

        assertThat(compared[0]).isLessThan(40); // log2 of 50,000 is 15.6; the balance allows 2.4 times as deep
    }

    @Test
    void anEarlierSet_isAsItWas() {
        var one = Ordered.<Integer>by(Comparator.naturalOrder()).plus(1).plus(2);
        var two = one.minus(1).plus(3);

        assertThat(List.copyOf(one)).containsExactly(1, 2);
        assertThat(List.copyOf(two)).containsExactly(2, 3);
    }
}
