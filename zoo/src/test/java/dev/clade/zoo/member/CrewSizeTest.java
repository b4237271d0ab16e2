package dev.clade.zoo.member;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrewSizeTest {

    @Test
    void crewSize_isTheSmallestOfThoseThatAreAboutAsFast() {
        assertThat(CrewSize.chosen(new double[] {10, 9, 4, 3.9, 5})).isEqualTo(2);
        assertThat(CrewSize.chosen(new double[] {10, 11, 12})).isZero();
    }
}
