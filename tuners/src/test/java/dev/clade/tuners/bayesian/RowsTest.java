package dev.clade.tuners.bayesian;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowsTest {

    private static Rows of(double... scores) {
        return new Rows(
                IntStream.range(0, scores.length)
                        .mapToObj(i -> new Rows.Row(new Point(new double[] {i}), scores[i]))
                        .toList(),
                List.of());
    }

    private static List<Double> scores(Rows rows) {
        return rows.measured().stream().map(Rows.Row::score).toList();
    }

    @Test
    void within_keepsTheBestHalf_andTheNewestOfTheOthers_inTheirOrder() {
        assertThat(scores(of(9, 1, 8, 2, 7, 3, 4).within(4))).containsExactly(9.0, 8.0, 3.0, 4.0);
        assertThat(scores(of(1, 9, 1, 1, 1).within(3))).containsExactly(9.0, 1.0, 1.0);
        assertThat(scores(of(1, 2).within(2))).containsExactly(1.0, 2.0);
    }

    @Test
    void blind_isWhereThereIsNothingToCompare() {
        assertThat(of().blind()).isTrue();
        assertThat(of(1, Double.NEGATIVE_INFINITY).blind()).isTrue();
        assertThat(of(1, 2).blind()).isFalse();
    }
}
