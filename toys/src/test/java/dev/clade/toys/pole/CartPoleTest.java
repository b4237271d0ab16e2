package dev.clade.toys.pole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CartPoleTest {

    @Test
    void energy_withoutForce_isConserved() {
        var body = new CartPole();
        body.place(0, 1);
        double before = body.energy();
        for (int i = 0; i < 1000; i++) {
            body.push(0, 0.01);
        }
        assertThat(body.energy()).isCloseTo(before, within(1e-6));
    }

    @Test
    void energy_underForce_growsByForceTimesWay() {
        var body = new CartPole();
        body.place(0, 3);
        double before = body.energy();
        for (int i = 0; i < 200; i++) {
            body.push(8, 0.005);
        }
        assertThat(body.energy() - before).isCloseTo(8 * body.position(), within(1e-6));
    }

    @Test
    void pole_hanging_swingsWithThePeriodOfARodOnAFreeCart() {
        var body = new CartPole();
        body.place(0, StrictMath.PI - 0.01);
        double time = 0;
        while (body.angle() < StrictMath.PI) {
            body.push(0, 0.001);
            time += 0.001;
        }
        double share = CartPole.POLE_MASS / (CartPole.POLE_MASS + CartPole.CART_MASS);
        double period =
                2 * StrictMath.PI * StrictMath.sqrt(CartPole.HALF_LENGTH * (4.0 / 3 - share) / CartPole.GRAVITY);
        assertThat(time).isCloseTo(period / 4, within(0.002));
    }

    @Test
    void pole_uprightAtRest_staysUpright() {
        var body = new CartPole();
        body.place(1, 0);
        body.push(0, 1);
        assertThat(body.angle()).isZero();
        assertThat(body.position()).isEqualTo(1);
    }

    @Test
    void push_theSameForcesTwice_givesTheSameBits() {
        assertThat(run()).isEqualTo(run());
    }

    private static double run() {
        var body = new CartPole();
        body.place(0.1, 3);
        for (int i = 0; i < 1000; i++) {
            body.push(i % 3 - 1, 0.04);
        }
        return body.angle();
    }
}
