package dev.clade.zoo.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.random.Philox;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassesTest {

    @Test
    void shuffled_anyCount_isAPermutation() {
        var order = Passes.shuffled(1000, Philox.keyed(1, 0, 0, "order"));
        assertThat(order).isNotEqualTo(IntStream.range(0, 1000).toArray());
        Arrays.sort(order);
        assertThat(order).isEqualTo(IntStream.range(0, 1000).toArray());
    }

    @Test
    void next_overTwoPasses_hasEachPlaceOnceInEachInAnotherOrder() {
        var passes = new Passes(10, Philox.keyed(1, 0, 0, "order"));
        var all = new int[20];
        for (int i = 0; i < 5; i++) {
            System.arraycopy(passes.next(4), 0, all, 4 * i, 4);
        }
        var first = Arrays.copyOf(all, 10);
        var second = Arrays.copyOfRange(all, 10, 20);
        assertThat(first).containsExactlyInAnyOrder(second).isNotEqualTo(second);
        assertThat(first).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
}
