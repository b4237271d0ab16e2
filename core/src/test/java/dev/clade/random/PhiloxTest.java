package dev.clade.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The golden vectors are those of Random123's `kat_vectors` for `philox4x32 10`.
class PhiloxTest {

    @Test
    void block_ofZeros_isTheGoldenVector() {
        assertThat(Philox.block(0, 0, 0)).containsExactly(pair(0x6627e8d5, 0xe169c58d), pair(0xbc57ac4c, 0x9b00dbd8));
    }

    @Test
    void block_ofOnes_isTheGoldenVector() {
        assertThat(Philox.block(-1, -1, -1))
                .containsExactly(pair(0x408f276d, 0x41c83b0e), pair(0xa20bc7c6, 0x6d5451fd));
    }

    @Test
    void block_ofPi_isTheGoldenVector() {
        assertThat(Philox.block(
                        pair(0xa4093822, 0x299f31d0), pair(0x243f6a88, 0x85a308d3), pair(0x13198a2e, 0x03707344)))
                .containsExactly(pair(0xd16cfe09, 0x94fdcceb), pair(0x5001e420, 0x24126ea1));
    }

    private static long pair(int low, int high) {
        return (low & 0xFFFFFFFFL) | ((long) high << 32);
    }

    @Test
    void keyed_sameKey_sameStream() {
        assertThat(Philox.keyed(7, 3, 5, "explore").longs(100).toArray())
                .isEqualTo(Philox.keyed(7, 3, 5, "explore").longs(100).toArray());
    }

    @Test
    void keyed_anyPartOfTheKeyChanged_anotherStream() {
        long first = Philox.keyed(7, 3, 5, "explore").nextLong();
        assertThat(new long[] {
                    Philox.keyed(8, 3, 5, "explore").nextLong(),
                    Philox.keyed(7, 4, 5, "explore").nextLong(),
                    Philox.keyed(7, 3, 6, "explore").nextLong(),
                    Philox.keyed(7, 3, 5, "exploit").nextLong()
                })
                .doesNotContain(first)
                .doesNotHaveDuplicates();
    }
}
