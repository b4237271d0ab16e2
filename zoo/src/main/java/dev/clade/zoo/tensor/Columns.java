package dev.clade.zoo.tensor;

import java.util.Arrays;

/// A number for each model of a block, `(count)`: what an optimiser multiplies all of a model's parameters by.
record Columns(Tensor numbers) {

    static Columns of(double[] numbers) {
        var floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return new Columns(Tensor.of(floats, floats.length));
    }

    static Columns minus(double[] numbers) {
        return of(Arrays.stream(numbers).map(number -> -number).toArray());
    }

    /// One minus each.
    static Columns rest(double[] numbers) {
        return of(Arrays.stream(numbers).map(number -> 1 - number).toArray());
    }

    /// Those of some models, to be broadcast with tensors of so many dimensions.
    Tensor of(int from, int count, int dimensions) {
        var shape = new long[dimensions];
        Arrays.fill(shape, 1);
        shape[0] = count;
        return numbers.narrow(0, from, count).reshape(shape);
    }
}
