package dev.clade.zoo.tensor;

import java.util.Arrays;

/// A number for each model of a block, `(count, 1)`: what an optimiser multiplies all of a model's parameters by.
record Columns(Tensor numbers) {

    static Columns of(double[] numbers) {
        var floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return new Columns(Tensor.of(floats, floats.length, 1));
    }

    static Columns minus(double[] numbers) {
        return of(Arrays.stream(numbers).map(number -> -number).toArray());
    }

    /// One minus each.
    static Columns rest(double[] numbers) {
        return of(Arrays.stream(numbers).map(number -> 1 - number).toArray());
    }

    /// Those of some models, `(count, 1)`.
    Tensor of(int from, int count) {
        return numbers.narrow(0, from, count);
    }
}
