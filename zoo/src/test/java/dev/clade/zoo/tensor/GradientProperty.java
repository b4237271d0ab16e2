package dev.clade.zoo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Recorded gradients are those of finite differences.
class GradientProperty {

    /// Of the central difference. In float32 its error is about `EPSILON^2 + 1e-7 / EPSILON`.
    private static final float EPSILON = 5e-3f;

    private static final double TOLERANCE = 5e-3;

    /// Every operation that records, of a `(3, 4)` tensor.
    @TestFactory
    Stream<DynamicTest> operation_anyPoint_hasTheGradientOfItsDifferences() {
        var operations = new TreeMap<String, Function<Tensor, Tensor>>(Map.ofEntries(
                Map.entry("plus", x -> x.plus(x.square())),
                Map.entry("plus a number", x -> x.plus(2).square()),
                Map.entry("minus", x -> x.square().minus(x)),
                Map.entry("times", x -> x.times(x.plus(1))),
                Map.entry("times a number", x -> x.times(-3)),
                Map.entry("over", x -> x.over(x.square().plus(1))),
                Map.entry("exp", Tensor::exp),
                Map.entry("log", x -> x.square().plus(1).log()),
                Map.entry("sqrt", x -> x.square().plus(1).sqrt()),
                Map.entry("clamped", x -> x.clamped(-9, 9)),
                Map.entry("matmul", x -> x.matmul(x.transpose(0, 1))),
                Map.entry(
                        "plus products",
                        x -> x.reshape(3, 4, 1)
                                .plusProducts(
                                        x.reshape(3, 4, 1), x.reshape(3, 1, 4).square(), 0.5)),
                Map.entry(
                        "layer norm",
                        x -> x.layerNorm(
                                x.narrow(0, 0, 1).reshape(4), x.narrow(0, 1, 1).reshape(4))),
                Map.entry("embedding", x -> x.embedding(Tensor.of(2, 0, 2)).square()),
                Map.entry("largest", x -> x.largest(2).values().square()),
                Map.entry("cross entropy of each", x -> x.crossEntropyEach(Tensor.of(3, 0, 1))),
                Map.entry("dropout by a key", x -> x.square().dropout(0.3, 5)),
                Map.entry("sum of a dimension", x -> x.square().sum(1)),
                Map.entry("mean", x -> x.square().mean()),
                Map.entry("mean of a dimension", x -> x.square().mean(0)),
                Map.entry("norm", Tensor::norm),
                Map.entry("reshape", x -> x.reshape(4, 3).square()),
                Map.entry("narrow", x -> x.narrow(1, 1, 2).square()),
                Map.entry("select", x -> x.select(0, Tensor.of(2, 2, 0)).square()),
                Map.entry("joined", x -> Tensor.joined(List.of(x, x.square()), 1)),
                Map.entry("relu", Tensor::relu),
                Map.entry("max-pool", x -> x.reshape(1, 3, 2, 2).maxPool2d(2)),
                Map.entry("leaky relu", x -> x.leakyRelu(0.2)),
                Map.entry("softplus", Tensor::softplus),
                Map.entry("tanh", Tensor::tanh),
                Map.entry("sigmoid", Tensor::sigmoid),
                Map.entry("softmax", x -> x.softmax(1)),
                Map.entry("log-softmax", x -> x.logSoftmax(1)),
                Map.entry("detached", x -> x.times(x.detached().times(0).plus(2)))));
        return operations.entrySet().stream()
                .map(operation -> DynamicTest.dynamicTest(operation.getKey(), () -> {
                    try (var parameters =
                            new Parameters.Layout().with("x", 3, 4).build()) {
                        parameters.normal("x", 1, Philox.keyed(11, 0, 0, "x"));
                        hold(parameters, () -> weighted(operation.getValue().apply(parameters.get("x"))));
                    }
                }));
    }

    /// A sum in which every element counts differently.
    private static Tensor weighted(Tensor result) {
        var weights = SmallNet.random("weights", (int) result.size());
        return result.reshape(-1).times(weights).sum();
    }

    @Test
    void smallNetwork_withDropoutAndSmoothing_hasTheGradientOfItsDifferences() {
        try (var net = SmallNet.build()) {
            hold(net.parameters(), () -> net.smooth(0));
        }
    }

    private static void hold(Parameters parameters, Supplier<Tensor> number) {
        float[] recorded;
        try (var _ = Scope.training()) {
            number.get().backward();
            recorded = parameters.gradients().floats();
        }
        for (int i = 0; i < recorded.length; i++) {
            double above = moved(parameters, i, EPSILON, number);
            double below = moved(parameters, i, -2 * EPSILON, number);
            moved(parameters, i, EPSILON, number);
            assertThat((double) recorded[i])
                    .as("element %s", i)
                    .isCloseTo((above - below) / (2 * EPSILON), within(TOLERANCE * Math.max(1, Math.abs(recorded[i]))));
        }
    }

    private static double moved(Parameters parameters, int element, float by, Supplier<Tensor> number) {
        try (var _ = Scope.still()) {
            var buffer = parameters.all().buffer();
            buffer.put(element, buffer.get(element) + by);
            return number.get().item();
        }
    }
}
