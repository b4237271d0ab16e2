package dev.clade.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScatteredTest {

    private static Point point(double... scores) {
        return new Point(java.util.Arrays.stream(scores).boxed().toList());
    }

    /// By hand, in tenths of both ranges. The first front is a, b, c, d: a is best under the first objective; b is 14.1
    /// away from it, c 7.1 and d 2.2; then c is 7.1 from the nearest, d 2.2.
    @Test
    void twoObjectives_byHand() {
        assertThat(Scattered.places(List.of(point(9, 2), point(5, 5), point(10, 0), point(0, 10))))
                .containsExactly(3, 2, 0, 1);
    }

    /// e = (3, 5) is behind c alone and 2 from it; g = (8, 1) is behind d and 1.4 from it: e goes first, though g is
    /// better under the first objective. f is behind both.
    @Test
    void laterFronts_keepAwayFromAllThatHaveAPlace() {
        assertThat(Scattered.places(List.of(
                        point(10, 0), point(0, 10), point(5, 5), point(9, 2), point(8, 1), point(3, 5), point(3, 0.5))))
                .containsExactly(0, 1, 2, 3, 5, 4, 6);
    }

    /// (1,0,0), (0,1,0), (0,0,1) are all 1.41 apart: ties go to the better under the first objective, then the second.
    /// The last, (0.4,0.4,0.4), is 0.82 from each.
    @Test
    void threeObjectives_byHand() {
        assertThat(Scattered.places(List.of(point(0, 0, 1), point(0.4, 0.4, 0.4), point(0, 1, 0), point(1, 0, 0))))
                .containsExactly(2, 3, 1, 0);
    }

    @Test
    void equalPoints_shareAPlace() {
        assertThat(Scattered.places(List.of(point(1, 2), point(2, 1), point(1, 2), point(0, 0))))
                .containsExactly(1, 0, 1, 2);
        assertThat(Scattered.places(List.of(point(0.0, 1), point(-0.0, 1)))).containsExactly(0, 0);
    }

    @Test
    void unitsDoNotCount() {
        var points = List.of(point(9, 2), point(5, 5), point(10, 0), point(0, 10), point(8, 1), point(3, 5));
        var scaled = points.stream()
                .map(p -> point(p.scores().getFirst(), 3 + 1e6 * p.scores().getLast()))
                .toList();
        assertThat(Scattered.places(scaled)).isEqualTo(Scattered.places(points));
    }

    /// The range of the first objective is no number, its half is.
    @Test
    void extremeScores_haveDistances() {
        assertThat(Scattered.places(List.of(point(1e308, 0), point(-1e308, 2), point(0.9e308, 1))))
                .containsExactly(0, 1, 2);
    }

    @Test
    void oneOrNoPoint() {
        assertThat(Scattered.places(List.of())).isEmpty();
        assertThat(Scattered.places(List.of(point(1, 1)))).containsExactly(0);
    }
}
