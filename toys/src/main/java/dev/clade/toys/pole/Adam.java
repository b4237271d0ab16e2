package dev.clade.toys.pole;

import java.util.Arrays;

/// Adam (Kingma, Ba 2015, arXiv 1412.6980, algorithm 1) for one vector of weights.
final class Adam {

    /// The decay rates of both moments and the floor of the divisor: the paper's.
    private static final double BETA_1 = 0.9;

    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double[] first;
    private final double[] second;
    private long steps;

    Adam(int size) {
        first = new double[size];
        second = new double[size];
    }

    /// The moving mean of the gradient: state, to be changed in place.
    double[] first() {
        return first;
    }

    /// The moving mean of the squared gradient: state, to be changed in place.
    double[] second() {
        return second;
    }

    long steps() {
        return steps;
    }

    void resume(long steps) {
        this.steps = steps;
    }

    void reset() {
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
        steps = 0;
    }

    /// Moves the weights one step down `scale` times the gradient.
    void step(double[] weights, double[] gradient, double scale, double learningRate) {
        steps++;
        double rate = learningRate * Math.sqrt(1 - StrictMath.pow(BETA_2, steps)) / (1 - StrictMath.pow(BETA_1, steps));
        for (int i = 0; i < weights.length; i++) {
            double slope = scale * gradient[i];
            first[i] = BETA_1 * first[i] + (1 - BETA_1) * slope;
            second[i] = BETA_2 * second[i] + (1 - BETA_2) * slope * slope;
            weights[i] -= rate * first[i] / (Math.sqrt(second[i]) + EPSILON);
        }
    }
}
