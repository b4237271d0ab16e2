package dev.clade.toys.pole;

/// A cart on a rail with a pole hinged on it, without friction: the equations of Barto, Sutton, Anderson 1983
/// ("Neuronlike adaptive elements that can solve difficult learning control problems", appendix), integrated by the
/// classical Runge-Kutta method of order 4.
///
/// The state: position [m] and velocity [m/s] of the cart, angle [rad, 0 is upright] and spin [rad/s] of the pole.
final class CartPole {

    static final double GRAVITY = 9.8;
    static final double CART_MASS = 1;
    static final double POLE_MASS = 0.1;
    static final double HALF_LENGTH = 0.5;

    /// The moment of inertia of a uniform rod about its end, over mass and squared half length.
    private static final double ROD = 4.0 / 3;

    private static final double MASS = CART_MASS + POLE_MASS;
    private static final double ARM = POLE_MASS * HALF_LENGTH;

    private double position;
    private double velocity;
    private double angle;
    private double spin;

    /// The accelerations of the pole [rad/s²] and of the cart [m/s²] at the stage computed last.
    private double spinning;

    private double moving;

    /// Puts the cart and the pole somewhere, at rest.
    void place(double position, double angle) {
        this.position = position;
        this.angle = angle;
        velocity = 0;
        spin = 0;
    }

    /// Lets `time` [s] pass under a constant force [N] on the cart. Of the four stages, `w` are spins, `v`
    /// velocities.
    void push(double force, double time) {
        double half = time / 2;
        accelerate(angle, spin, force);
        double a1 = spinning;
        double b1 = moving;
        double w2 = spin + half * a1;
        double v2 = velocity + half * b1;
        accelerate(angle + half * spin, w2, force);
        double a2 = spinning;
        double b2 = moving;
        double w3 = spin + half * a2;
        double v3 = velocity + half * b2;
        accelerate(angle + half * w2, w3, force);
        double a3 = spinning;
        double b3 = moving;
        double w4 = spin + time * a3;
        double v4 = velocity + time * b3;
        accelerate(angle + time * w3, w4, force);
        position += time / 6 * (velocity + 2 * v2 + 2 * v3 + v4);
        angle += time / 6 * (spin + 2 * w2 + 2 * w3 + w4);
        velocity += time / 6 * (b1 + 2 * b2 + 2 * b3 + moving);
        spin += time / 6 * (a1 + 2 * a2 + 2 * a3 + spinning);
    }

    private void accelerate(double angle, double spin, double force) {
        double sine = StrictMath.sin(angle);
        double cosine = StrictMath.cos(angle);
        double pull = (force + ARM * spin * spin * sine) / MASS;
        spinning = (GRAVITY * sine - cosine * pull) / (HALF_LENGTH * (ROD - POLE_MASS * cosine * cosine / MASS));
        moving = pull - ARM * spinning * cosine / MASS;
    }

    double position() {
        return position;
    }

    double velocity() {
        return velocity;
    }

    double angle() {
        return angle;
    }

    double spin() {
        return spin;
    }

    /// Kinetic and potential energy [J]; the pole's centre of mass counts from the height of the hinge.
    double energy() {
        double cosine = StrictMath.cos(angle);
        return MASS * velocity * velocity / 2
                + ARM * velocity * spin * cosine
                + ROD * ARM * HALF_LENGTH * spin * spin / 2
                + ARM * GRAVITY * cosine;
    }
}
