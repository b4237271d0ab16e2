package dev.clade.toys.pole;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A fully connected network with its gradient: hidden layers squashed, the last layer linear.
///
/// The squash is `z / sqrt(1 + z²)`: shaped like the hyperbolic tangent, but made of operations that IEEE 754 rounds
/// correctly, so that every machine computes the same bits. Its slope is `(1 - y²)^(3/2)`.
///
/// Legend: a layer has `n` inputs `x` and `m` outputs `y`; its weights are `W (n, m)`, row by row, then the biases
/// `(m)`.
final class Network {

    private final int[] sizes;
    private final double[] weights;
    private final double[] gradient;
    private final double[][] values;
    private final double[][] slopes;

    /// A network of zeros.
    ///
    /// @param sizes the width of each layer, the input first
    Network(int... sizes) {
        this.sizes = sizes.clone();
        int count = 0;
        for (int layer = 1; layer < sizes.length; layer++) {
            count += (sizes[layer - 1] + 1) * sizes[layer];
        }
        weights = new double[count];
        gradient = new double[count];
        values = new double[sizes.length][];
        slopes = new double[sizes.length][];
        for (int layer = 0; layer < sizes.length; layer++) {
            values[layer] = new double[sizes[layer]];
            slopes[layer] = new double[sizes[layer]];
        }
    }

    /// All weights, layer by layer: the network's state, to be changed in place.
    double[] weights() {
        return weights;
    }

    /// The gradient that [#backward] has gathered since [#clear], in the order of the weights.
    double[] gradient() {
        return gradient;
    }

    void clear() {
        Arrays.fill(gradient, 0);
    }

    /// Draws the weights anew: normal with variance `1/n`, biases zero. The last layer's are scaled by `last`.
    void draw(RandomGenerator random, double last) {
        int at = 0;
        for (int layer = 1; layer < sizes.length; layer++) {
            int n = sizes[layer - 1];
            int m = sizes[layer];
            double scale = (layer == sizes.length - 1 ? last : 1) / Math.sqrt(n);
            for (int i = 0; i < n * m; i++) {
                weights[at++] = scale * random.nextGaussian();
            }
            for (int j = 0; j < m; j++) {
                weights[at++] = 0;
            }
        }
    }

    /// The outputs for an input, in a vector that the next call overwrites.
    double[] forward(double[] input) {
        System.arraycopy(input, 0, values[0], 0, sizes[0]);
        int at = 0;
        for (int layer = 1; layer < sizes.length; layer++) {
            linear(at, values[layer - 1], values[layer]);
            if (layer < sizes.length - 1) {
                squash(values[layer]);
            }
            at += (sizes[layer - 1] + 1) * sizes[layer];
        }
        return values[sizes.length - 1];
    }

    /// Four outputs at a time: their sums stay in registers and do not wait for each other.
    private void linear(int at, double[] x, double[] y) {
        int n = x.length;
        int m = y.length;
        int biases = at + n * m;
        int j = 0;
        for (; j + 3 < m; j += 4) {
            double a = weights[biases + j];
            double b = weights[biases + j + 1];
            double c = weights[biases + j + 2];
            double d = weights[biases + j + 3];
            for (int i = 0, w = at + j; i < n; i++, w += m) {
                double xi = x[i];
                a += xi * weights[w];
                b += xi * weights[w + 1];
                c += xi * weights[w + 2];
                d += xi * weights[w + 3];
            }
            y[j] = a;
            y[j + 1] = b;
            y[j + 2] = c;
            y[j + 3] = d;
        }
        for (; j < m; j++) {
            double a = weights[biases + j];
            for (int i = 0, w = at + j; i < n; i++, w += m) {
                a += x[i] * weights[w];
            }
            y[j] = a;
        }
    }

    private static void squash(double[] y) {
        for (int j = 0; j < y.length; j++) {
            y[j] = y[j] / Math.sqrt(1 + y[j] * y[j]);
        }
    }

    /// Adds to the gradient what a loss with this slope at the outputs of the last [#forward] has at the weights.
    void backward(double[] outputSlope) {
        int last = sizes.length - 1;
        System.arraycopy(outputSlope, 0, slopes[last], 0, sizes[last]);
        int at = weights.length;
        for (int layer = last; layer > 0; layer--) {
            at -= (sizes[layer - 1] + 1) * sizes[layer];
            gather(at, values[layer - 1], slopes[layer]);
            if (layer > 1) {
                back(at, slopes[layer], slopes[layer - 1]);
                unsquash(values[layer - 1], slopes[layer - 1]);
            }
        }
    }

    private void gather(int at, double[] x, double[] slope) {
        int n = x.length;
        int m = slope.length;
        for (int i = 0; i < n; i++) {
            double xi = x[i];
            int row = at + i * m;
            for (int j = 0; j < m; j++) {
                gradient[row + j] += xi * slope[j];
            }
        }
        int biases = at + n * m;
        for (int j = 0; j < m; j++) {
            gradient[biases + j] += slope[j];
        }
    }

    private void back(int at, double[] slope, double[] inputSlope) {
        int m = slope.length;
        for (int i = 0; i < inputSlope.length; i++) {
            int row = at + i * m;
            double sum = 0;
            for (int j = 0; j < m; j++) {
                sum += weights[row + j] * slope[j];
            }
            inputSlope[i] = sum;
        }
    }

    private static void unsquash(double[] y, double[] slope) {
        for (int j = 0; j < y.length; j++) {
            double rest = 1 - y[j] * y[j];
            slope[j] *= rest * Math.sqrt(rest);
        }
    }
}
