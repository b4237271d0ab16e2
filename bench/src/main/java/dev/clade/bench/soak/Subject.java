package dev.clade.bench.soak;

import dev.clade.random.Philox;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Place;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.Zoo;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/// What is updated again and again.
interface Subject extends AutoCloseable {

    int IN = 16;
    int OUT = 8;
    int ROWS = 4;

    /// Models in a stack, members in lanes.
    int TOGETHER = 4;

    void update(int count);

    @Override
    void close();

    /// An optimiser of one model, and how it takes a step.
    record Alone(Runnable step, Runnable close) {}

    /// An optimiser by its word: a linear layer that is trained towards 0.
    static Subject optimiser(String word) {
        var parameters = layout().build();
        parameters.normal("weight", 0.5, Philox.keyed(1, 0, 0, "weight"));
        var optimiser = alone(word, parameters);
        return of(
                () -> {
                    try (var _ = Scope.training()) {
                        var rows = Tensor.zeros(ROWS, IN).plus(1);
                        rows.linear(parameters.get("weight"), parameters.get("bias"))
                                .square()
                                .mean()
                                .backward();
                        optimiser.step().run();
                    }
                },
                () -> {
                    optimiser.close().run();
                    parameters.close();
                });
    }

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

    private static Parameters.Layout layout() {
        return new Parameters.Layout().linear("weight", OUT, IN).with("bias", OUT);
    }

    /// The same for several models at once.
    static Subject stacked(String word) {
        var stack = new Stack(layout(), TOGETHER);
        var optimiser = together(word, stack);
        return of(
                () -> {
                    try (var _ = Scope.training()) {
                        var block = stack.block(0, TOGETHER);
                        loss(block).backward();
                        optimiser.step(block);
                    }
                },
                () -> {
                    optimiser.close();
                    stack.close();
                });
    }

    private static Tensor loss(Weights block) {
        return Tensor.zeros(TOGETHER, ROWS, IN)
                .plus(1)
                .linearEach(block.get("weight"), block.get("bias"))
                .plus(-1)
                .square()
                .sum();
    }

    /// An optimiser of several models.
    interface Together extends AutoCloseable {
        void step(Stack.Block block);

        @Override
        void close();
    }

    private static Together together(String word, Stack stack) {
        var rates = all(0.01);
        return switch (word) {
            case "sgd" -> {
                var sgd = new StackedSgd(stack);
                yield together(block -> sgd.step(block, rates, all(0.9), all(1e-4)), sgd::close);
            }
            case "rmsprop" -> {
                var rms = new StackedRmsProp(stack);
                yield together(block -> rms.step(block, rates, all(0.99), all(1e-3)), rms::close);
            }
            default -> {
                var adam = new StackedAdam(stack);
                yield together(block -> adam.step(block, rates, all(0.9), all(0.999)), adam::close);
            }
        };
    }

    private static double[] all(double number) {
        return DoubleStream.generate(() -> number).limit(TOGETHER).toArray();
    }

    private static Together together(java.util.function.Consumer<Stack.Block> step, Runnable close) {
        return new Together() {
            @Override
            public void step(Stack.Block block) {
                step.accept(block);
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }

    private static Subject of(Runnable update, Runnable close) {
        return new Subject() {
            @Override
            public void update(int count) {
                for (int i = 0; i < count; i++) {
                    update.run();
                }
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }

    /// Members of a workload of the zoo, which take their steps together.
    static Subject workload(Map<String, String> trainer) throws IOException {
        var settings = new LinkedHashMap<String, Setting>();
        trainer.forEach((name, value) -> settings.put(name, Setting.text(value)));
        var lanes = new Zoo().read(Setting.map(settings), Path.of("")).lanes(Place.ANYWHERE);
        var starts = new TreeMap<Integer, Start>();
        for (int lane = 0; lane < lanes.width(); lane++) {
            starts.put(lane, new Start(new Origin.Fresh(), lane, Hyperparameters.NONE, new TreeSet<>()));
        }
        lanes.begin(starts);
        return new Subject() {
            @Override
            public void update(int count) {
                var moving = new TreeMap<Integer, Stretch>();
                starts.keySet().forEach(lane -> moving.put(lane, Stretch.of(count)));
                lanes.train(moving);
            }

            @Override
            public void close() {
                lanes.close();
            }
        };
    }
}
