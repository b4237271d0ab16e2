package dev.clade.tuners.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.tuners.fire.Curve.Overlap;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// `bsd` and `binom` of FIRE PBT against numbers worked out by hand; straight curves without noise are their
/// own smoothing, to about a thousandth.
class CurveTest {

    private static final double CLOSE = 5e-3;

    private static Curve curve(double... scores) {
        return Curve.of(DoubleStream.of(scores).boxed().toList()).orElseThrow();
    }

    private static double[] line(double from, double by, int points) {
        return IntStream.range(0, points).mapToDouble(i -> from + by * i).toArray();
    }

    @Test
    void fewerThanTwoPoints_areNoCurve() {
        assertThat(Curve.of(Arrays.asList(1.0))).isEmpty();
    }

    @Test
    void twoPoints_areTakenAsTheyAre() {
        var one = curve(0, 2);

        assertThat(one.overlap(curve(1, 1.5))).contains(new Overlap(1, 0, 1));
        assertThat(one.lead(curve(1, 1.5))).isEqualTo(2.0 - 1.0);
        assertThat(one.chance(curve(1, 1.5))).isEqualTo(0.5);
    }

    @Test
    void lead_countsFromWhereTheLowerStartingOneReachesTheOther() {
        // a: 0 2 4 6 8 10, b: 3 4 5 6 7 8. a first reaches 3 at its third point: a 4 6 8 10 against b 3 4 5 6
        var a = curve(line(0, 2, 6));
        var b = curve(line(3, 1, 6));

        assertThat(a.overlap(b)).contains(new Overlap(2, 0, 4));
        assertThat(b.overlap(a)).contains(new Overlap(0, 2, 4));
        assertThat(a.lead(b)).isCloseTo(4, within(CLOSE));
        assertThat(b.lead(a)).isCloseTo(-4, within(CLOSE));
    }

    @Test
    void chance_isTheOneSidedSignTestOverThePointsInCommon() {
        var a = curve(line(0, 2, 6));
        var b = curve(line(3, 1, 6));

        assertThat(a.chance(b)).as("4 of 4").isCloseTo(1.0 / 16, within(1e-12));
        assertThat(b.chance(a)).as("0 of 4").isEqualTo(1);
    }

    @Test
    void chance_leavesTiesOut() {
        assertThat(curve(1, 3).chance(curve(1, 2))).as("1 of 1").isEqualTo(0.5);
        assertThat(curve(1, 2).chance(curve(1, 2))).as("0 of 0").isEqualTo(1);
    }

    @Test
    void whollyAbove_leadsByTheMostOfTenShifts() {
        // a: 20 22 24 26, b: 0 1 2 3. Lowered by 17, 17.3 ... 19.7: least a - most b = 17 to least a - least b = 20
        var a = curve(line(20, 2, 4));
        var b = curve(line(0, 1, 4));

        // lowered by 19.7: 0.3 2.3 4.3 6.3 meets b at 1: b 1 2 3, a 0.3 2.3 4.3: lead 1.3
        // lowered by 19.4: 0.6 2.6 4.6 6.6 meets b at 1: 4.6 - 3 = 1.6; by 19.1: 0.9 ... 4.9: 1.9
        // lowered by 18.8: 1.2 3.2 5.2 meets b at 2: 3.2 - 3 = 0.2
        assertThat(a.overlap(b)).isEmpty();
        assertThat(a.lead(b)).isCloseTo(1.9, within(2e-2));
        assertThat(a.chance(b)).isCloseTo(1.0 / 16, within(1e-12));
    }

    @Test
    void whollyBelow_leadsByNothing() {
        var a = curve(line(0, 1, 4));
        var b = curve(line(20, 2, 4));

        assertThat(a.lead(b)).isEqualTo(0);
        assertThat(a.chance(b)).isEqualTo(1);
    }

    @Test
    void smoothing_ofAConstant_isTheConstant() {
        assertThat(Smoothing.of(new double[] {3, 3, 3, 3})).containsExactly(3, 3, 3, 3);
    }

    /// The dense regression, `K (K + noise)^-1 y`, on the same kernel and grid.
    @Test
    void smoothing_isTheDenseRegressionAtItsLikeliestParameters() {
        var random = new SplittableRandom(4);
        var curve = IntStream.range(0, 25)
                .mapToDouble(i -> 1 - StrictMath.exp(-i / 8.0) + 0.1 * random.nextGaussian())
                .toArray();

        assertThat(Smoothing.of(curve)).containsExactly(Dense.likeliest(curve), within(1e-6));
    }

    /// Of 60 curves under noise of 0.1, the smoothed is nearer to the truth than the raw in each (seeds 0 to
    /// 59).
    @Test
    void smoothing_takesNoiseAway() {
        for (int seed = 0; seed < 60; seed++) {
            var random = new SplittableRandom(seed);
            var truth = IntStream.range(0, 60)
                    .mapToDouble(i -> 1 - StrictMath.exp(-i / 20.0))
                    .toArray();
            var curve = Arrays.stream(truth)
                    .map(t -> t + 0.1 * random.nextGaussian())
                    .toArray();

            assertThat(distance(Smoothing.of(curve), truth)).isLessThan(0.7 * distance(curve, truth));
        }
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }
}
