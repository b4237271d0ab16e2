package dev.clade.study.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.study.replay.Polyline.Curve;
import dev.clade.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class PolylineTest {

    /// Several curves over one axis.
    private static final class Case {
        private final double[] axis;
        private final double[][] values;
        private final double[][] weights;

        private Case(double[] axis, double[][] values, double[][] weights) {
            this.axis = axis;
            this.values = values;
            this.weights = weights;
        }

        List<Curve> curves() {
            var curves = new ArrayList<Curve>();
            for (int c = 0; c < values.length; c++) {
                curves.add(new Curve(values[c], weights[c]));
            }
            return curves;
        }

        /// The weighted squares by which the polyline through these places is off.
        double squares(List<Integer> corners) {
            double sum = 0;
            for (int c = 0; c < values.length; c++) {
                for (int k = 1; k < corners.size(); k++) {
                    int i = corners.get(k - 1);
                    int j = corners.get(k);
                    for (int m = i + 1; m < j; m++) {
                        double share = (axis[m] - axis[i]) / (axis[j] - axis[i]);
                        double off = values[c][m] - values[c][i] - share * (values[c][j] - values[c][i]);
                        sum += weights[c][m] * off * off;
                    }
                }
            }
            return sum;
        }
    }

    private static Case generated(RandomGenerator random) {
        int n = random.nextInt(2, 10);
        var axis = new double[n];
        for (int i = 1; i < n; i++) {
            axis[i] = axis[i - 1] + random.nextInt(1, 50);
        }
        int curves = random.nextInt(1, 4);
        var values = new double[curves][];
        var weights = new double[curves][];
        for (int c = 0; c < curves; c++) {
            values[c] = DoubleStream.generate(random::nextDouble).limit(n).toArray();
            weights[c] = DoubleStream.generate(() -> random.nextInt(4)).limit(n).toArray();
        }
        return new Case(axis, values, weights);
    }

    @Test
    void noPolylineOfAsManyCornersIsNearer() {
        Property.holds(1, 300, PolylineTest::generated, c -> {
            int n = c.axis.length;
            double before = Double.POSITIVE_INFINITY;
            for (int most = 2; most <= n; most++) {
                var line = Polyline.nearest(c.axis, c.curves(), most);
                assertThat(line.corners())
                        .hasSizeLessThanOrEqualTo(most)
                        .startsWith(0)
                        .endsWith(n - 1);
                assertThat(line.squares()).isCloseTo(c.squares(line.corners()), within(1e-9));
                assertThat(line.squares()).isCloseTo(least(c, most), within(1e-9));
                assertThat(line.squares()).isLessThanOrEqualTo(before);
                before = line.squares();
            }
            assertThat(before).isZero();
        });
    }

    /// By trying all subsets.
    private static double least(Case c, int most) {
        int inner = c.axis.length - 2;
        double least = Double.POSITIVE_INFINITY;
        for (int chosen = 0; chosen < 1 << inner; chosen++) {
            if (Integer.bitCount(chosen) + 2 <= most) {
                var corners = new ArrayList<>(List.of(0));
                for (int i = 0; i < inner; i++) {
                    if ((chosen >> i & 1) == 1) {
                        corners.add(i + 1);
                    }
                }
                corners.add(inner + 1);
                least = Math.min(least, c.squares(corners));
            }
        }
        return least;
    }

    @Test
    void aSinglePointIsItsOwnCorner() {
        var line = Polyline.nearest(new double[] {0}, List.of(new Curve(new double[] {0.5}, new double[] {3})), 5);
        assertThat(line).isEqualTo(new Polyline(List.of(0), 0));
    }

    @Test
    void aStraightCurveNeedsNoMoreThanItsEnds() {
        double[] straight = {0, 0.25, 0.5, 1};
        var line = Polyline.nearest(straight, List.of(new Curve(straight, new double[] {1, 1, 1, 1})), 4);
        assertThat(line.corners()).containsExactly(0, 3);
    }
}
