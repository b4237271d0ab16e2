package dev.clade.bench.soak;

import dev.clade.random.Philox;
import dev.clade.zoo.tensor.Adam;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.RmsProp;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Sgd;
import dev.clade.zoo.tensor.Stack;
import dev.clade.zoo.tensor.StackedAdam;
import dev.clade.zoo.tensor.StackedRmsProp;
import dev.clade.zoo.tensor.StackedSgd;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/// Optimisers by their words, `sgd`, `rmsprop` and `adam`: each trains a linear layer towards 0.
final class Optimisers {

    private static final int IN = 16;
    private static final int OUT = 8;
    private static final int ROWS = 4;

    /// Models in a stack.
    private static final int TOGETHER = 4;

    private Optimisers() {}

    private static Parameters.Layout layout() {
        return new Parameters.Layout().linear("weight", OUT, IN).with("bias", OUT);
    }

    /// Of one model.
    static Subject alone(String word) {
        var parameters = layout().build();
        parameters.normal("weight", 0.5, Philox.keyed(1, 0, 0, "weight"));
        var optimiser = alone(word, parameters);
        return Subject.of(
                () -> {
                    try (var _ = Scope.training()) {
                        loss(parameters).backward();
                        optimiser.step().run();
                    }
                },
                () -> {
                    optimiser.close().run();
                    parameters.close();
                });
    }

    private static Tensor loss(Parameters parameters) {
        return Tensor.zeros(ROWS, IN)
                .plus(1)
                .linear(parameters.get("weight"), parameters.get("bias"))
                .square()
                .mean();
    }

    private record Alone(Runnable step, Runnable close) {}

    private static Alone alone(String word, Parameters parameters) {
        return switch (word) {
            case "sgd" -> {
                var sgd = new Sgd(parameters);
                yield new Alone(() -> sgd.step(0.01, 0.9, 1e-4), sgd::close);
            }
            case "rmsprop" -> {
                var rms = new RmsProp(parameters);
                yield new Alone(() -> rms.step(0.01, 0.99, 1e-3), rms::close);
            }
            default -> {
                var adam = new Adam(parameters);
                yield new Alone(() -> adam.step(0.01, 0.9, 0.999), adam::close);
            }
        };
    }

    /// Of several models at once.
    static Subject stacked(String word) {
        var stack = new Stack(layout(), TOGETHER);
        var optimiser = together(word, stack);
        return Subject.of(
                () -> {
                    try (var _ = Scope.training()) {
                        var block = stack.block(0, TOGETHER);
                        losses(block).backward();
                        optimiser.step().accept(block);
                    }
                },
                () -> {
                    optimiser.close().run();
                    stack.close();
                });
    }

    private static Tensor losses(Weights block) {
        return Tensor.zeros(TOGETHER, ROWS, IN)
                .plus(1)
                .linearEach(block.get("weight"), block.get("bias"))
                .plus(-1)
                .square()
                .sum();
    }

    private record Together(Consumer<Stack.Block> step, Runnable close) {}

    private static Together together(String word, Stack stack) {
        var rates = all(0.01);
        return switch (word) {
            case "sgd" -> {
                var sgd = new StackedSgd(stack);
                yield new Together(block -> sgd.step(block, rates, all(0.9), all(1e-4)), sgd::close);
            }
            case "rmsprop" -> {
                var rms = new StackedRmsProp(stack);
                yield new Together(block -> rms.step(block, rates, all(0.99), all(1e-3)), rms::close);
            }
            default -> {
                var adam = new StackedAdam(stack);
                yield new Together(block -> adam.step(block, rates, all(0.9), all(0.999)), adam::close);
            }
        };
    }

    private static double[] all(double number) {
        return DoubleStream.generate(() -> number).limit(TOGETHER).toArray();
    }
}
