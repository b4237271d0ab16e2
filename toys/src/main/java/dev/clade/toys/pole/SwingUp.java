package dev.clade.toys.pole;

import java.util.random.RandomGenerator;

/// The task: swing the hanging pole up and keep it there for the rest of ten seconds, without running off the rail.
///
/// One act is a force that is held for [#TICK]. Its reward is that time [s] times how high the pole's end then is (0
/// hanging, 1/2 level, 1 upright), less the nearer the end of the rail (half of it there). A return is thus a
/// number of seconds, of ten: hanging still earns nothing, whirling round a half of the time, standing in the
/// middle all of it. An episode ends after [#ACTS] acts, or when the cart runs off the rail.
final class SwingUp {

    /// How long a force is held [s].
    static final double TICK = 0.04;

    /// The most acts in an episode.
    static final int ACTS = 250;

    /// The forces to choose from [N].
    private static final double[] FORCES = {-8, 0, 8};

    static final int CHOICES = FORCES.length;

    /// The numbers of an observation: position, velocity, sine and cosine of the angle, spin; each about 1 in size.
    static final int SENSES = 5;

    /// Where the rail ends, on either side of its middle [m].
    static final double RAIL = 2.4;

    private static final double START_SPREAD = 0.3;
    private static final double FAST = 3;
    private static final double FAST_SPIN = 6;

    private final CartPole body = new CartPole();
    private int acts;

    /// Begins an episode: near the middle, hanging, up to 0.3 m and 0.3 rad off.
    void restart(RandomGenerator random) {
        double position = (2 * random.nextDouble() - 1) * START_SPREAD;
        double angle = StrictMath.PI + (2 * random.nextDouble() - 1) * START_SPREAD;
        body.place(position, angle);
        acts = 0;
    }

    /// What the agent sees, written into a vector of [#SENSES].
    void observe(double[] senses) {
        senses[0] = body.position() / RAIL;
        senses[1] = body.velocity() / FAST;
        senses[2] = StrictMath.sin(body.angle());
        senses[3] = StrictMath.cos(body.angle());
        senses[4] = body.spin() / FAST_SPIN;
    }

    /// Does one act and gives its reward.
    double act(int choice) {
        body.push(FORCES[choice], TICK);
        acts++;
        if (fallen()) {
            return 0;
        }
        double upright = (1 + StrictMath.cos(body.angle())) / 2;
        double off = body.position() / RAIL;
        return TICK * upright * (1 - off * off / 2);
    }

    /// The cart ran off the rail: nothing can be earned any more.
    boolean fallen() {
        return !(Math.abs(body.position()) <= RAIL);
    }

    /// The time is up; had it gone on, more could have been earned.
    boolean timeIsUp() {
        return acts >= ACTS;
    }
}
