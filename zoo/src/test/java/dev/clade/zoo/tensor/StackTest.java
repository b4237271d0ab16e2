package dev.clade.zoo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.random.Philox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Several models at once against each alone.
class StackTest {

    private static final int MODELS = 5;
    private static final int IMAGES = 7;

    /// Of a parameter or gradient, absolute and relative: some roundings of float32, which the order of sums makes.
    private static final double TOLERANCE = 2e-6;

    /// After a hundred updates.
    private static final double LATER = 5e-5;

    @TempDir
    Path folder;

    private int saves;

    @BeforeAll
    static void oneThread() {
        Library.threads(1);
    }

    private static Parameters.Layout layout() {
        return new Parameters.Layout()
                .with("conv.weight", 3, 2, 3, 3)
                .with("conv.bias", 3)
                .linear("linear.weight", 4, 27)
                .with("linear.bias", 4);
    }

    private static Tensor images(int model, int step) {
        return random("images", model, step, IMAGES * 2 * 9).reshape(IMAGES, 2, 3, 3);
    }

    private static Tensor random(String purpose, int model, int step, int count) {
        var random = Philox.keyed(5, model, step, purpose);
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(values, count);
    }

    private static Tensor loss(Weights weights, int model, int step) {
        return images(model, step)
                .conv2d(weights.get("conv.weight"), weights.get("conv.bias"), 1, 1)
                .tanh()
                .dropoutChannels(0.1 * model, Philox.keyed(1, model, step, "channels"))
                .reshape(IMAGES, 27)
                .linear(weights.get("linear.weight"), weights.get("linear.bias"))
                .square()
                .mean();
    }

    private static Tensor losses(Weights weights, List<Integer> models, int step) {
        int count = models.size();
        var images = Tensor.joined(models.stream().map(m -> images(m, step)).toList(), 1);
        var masks = Masks.each(
                models.stream().map(m -> 0.1 * m).toList(),
                models.stream()
                        .map(m -> (java.util.random.RandomGenerator) Philox.keyed(1, m, step, "channels"))
                        .toList(),
                IMAGES,
                3);
        var hidden = images.conv2d(
                        weights.get("conv.weight").reshape(count * 3L, 2, 3, 3),
                        weights.get("conv.bias").reshape(count * 3L),
                        1,
                        1,
                        count)
                .tanh()
                .reshape(IMAGES, count, 3, 9)
                .transpose(0, 1)
                .times(masks.reshape(count, IMAGES, 3, 1))
                .reshape(count, IMAGES, 27);
        return hidden.linearEach(weights.get("linear.weight"), weights.get("linear.bias"))
                .square()
                .mean(2)
                .mean(1);
    }

    private static Parameters alone(int model) {
        var parameters = layout().build();
        draw(parameters, model);
        return parameters;
    }

    private static void draw(Weights weights, int model) {
        try (var _ = Scope.still()) {
            for (var name : layout().names()) {
                weights.get(name).normalHere(0.5, Philox.keyed(3, model, 0, name));
            }
        }
    }

    private static Stack stack(int models) {
        var stack = new Stack(layout(), models);
        try (var _ = Scope.still()) {
            IntStream.range(0, models).forEach(model -> draw(stack.row(model), model));
        }
        return stack;
    }

    private static List<Integer> all() {
        return IntStream.range(0, MODELS).boxed().toList();
    }

    private static void equal(Weights one, Weights other, double tolerance) {
        try (var _ = Scope.still()) {
            for (var name : layout().names()) {
                equal(name, one.get(name), other.get(name), tolerance);
            }
        }
    }

    private static void equal(String name, Tensor one, Tensor other, double tolerance) {
        var expected = other.floats();
        var found = one.floats();
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            double allowed = tolerance * (1 + Math.abs(expected[i]));
            assertThat((double) Math.abs(found[i] - expected[i]))
                    .as(name + " " + i)
                    .isLessThanOrEqualTo(allowed);
        }
    }

    @Test
    void gradients_ofTheSumOfLosses_areThoseOfEachAlone() {
        try (var stack = stack(MODELS)) {
            for (int model : all()) {
                try (var alone = alone(model);
                        var _ = Scope.training()) {
                    var block = stack.block(0, MODELS);
                    losses(block, all(), 0).sum().backward();
                    loss(alone, model, 0).backward();
                    for (var name : layout().names()) {
                        var gradient = block.gradient(name).picked(0, model);
                        var own = name.equals("linear.weight") ? gradient.transpose(0, 1) : gradient;
                        equal(name, own, alone.gradient(name), TOLERANCE);
                    }
                }
            }
        }
    }

    /// An optimiser alone and for a stack, with hyperparameters that differ from model to model and step to step.
    enum Rule {
        DESCENT,
        MOMENTUM,
        RMS_PROP,
        ADAM;

        private static double rate(int model, int step) {
            return 0.002 * (1 + model) / (1 + 0.1 * step);
        }

        private static double share(int model) {
            return 0.9 + 0.015 * model;
        }

        Alone of(Parameters parameters, int model) {
            return switch (this) {
                case DESCENT -> {
                    var sgd = new Sgd(parameters);
                    yield new Alone(sgd::close, step -> sgd.step(rate(model, step), 0, 0), sgd);
                }
                case MOMENTUM -> {
                    var sgd = new Sgd(parameters);
                    yield new Alone(sgd::close, step -> sgd.step(rate(model, step), share(model), 0.01 * model), sgd);
                }
                case RMS_PROP -> {
                    var rms = new RmsProp(parameters);
                    yield new Alone(
                            rms::close, step -> rms.step(rate(model, step), share(model), 1e-3 * (1 + model)), rms);
                }
                case ADAM -> {
                    var adam = new Adam(parameters);
                    yield new Alone(adam::close, step -> adam.step(rate(model, step), share(model), 0.999), adam);
                }
            };
        }

        Together of(Stack stack) {
            return switch (this) {
                case DESCENT -> {
                    var sgd = new StackedSgd(stack);
                    yield new Together(
                            sgd::close,
                            sgd::row,
                            sgd::rearrange,
                            sgd::reset,
                            (block, models, step) -> sgd.step(
                                    block, rates(models, step), new double[models.size()], new double[models.size()]));
                }
                case MOMENTUM -> {
                    var sgd = new StackedSgd(stack);
                    yield new Together(
                            sgd::close,
                            sgd::row,
                            sgd::rearrange,
                            sgd::reset,
                            (block, models, step) ->
                                    sgd.step(block, rates(models, step), shares(models), each(models, m -> 0.01 * m)));
                }
                case RMS_PROP -> {
                    var rms = new StackedRmsProp(stack);
                    yield new Together(
                            rms::close,
                            rms::row,
                            rms::rearrange,
                            rms::reset,
                            (block, models, step) -> rms.step(
                                    block, rates(models, step), shares(models), each(models, m -> 1e-3 * (1 + m))));
                }
                case ADAM -> {
                    var adam = new StackedAdam(stack);
                    yield new Together(
                            adam::close,
                            adam::row,
                            adam::rearrange,
                            adam::reset,
                            (block, models, step) ->
                                    adam.step(block, rates(models, step), shares(models), each(models, _ -> 0.999)));
                }
            };
        }

        private static double[] rates(List<Integer> models, int step) {
            return each(models, m -> rate(m, step));
        }

        private static double[] shares(List<Integer> models) {
            return each(models, Rule::share);
        }

        private static double[] each(List<Integer> models, java.util.function.IntToDoubleFunction number) {
            return models.stream()
                    .mapToInt(Integer::intValue)
                    .mapToDouble(number)
                    .toArray();
        }
    }

    private record Alone(Runnable close, java.util.function.IntConsumer step, Checkpoint.Part state) {}

    private interface StepTogether {
        void step(Stack.Block block, List<Integer> models, int step);
    }

    private record Together(
            Runnable close,
            java.util.function.IntFunction<Checkpoint.Part> row,
            java.util.function.Consumer<int[]> rearrange,
            java.util.function.IntConsumer reset,
            StepTogether step) {}

    private static void step(Stack stack, Together together, List<Integer> models, int step) {
        try (var _ = Scope.training()) {
            var block = stack.block(0, models.size());
            losses(block, models, step).sum().backward();
            together.step().step(block, models, step);
        }
    }

    private static void step(Parameters parameters, Alone alone, int model, int step) {
        try (var _ = Scope.training()) {
            loss(parameters, model, step).backward();
            alone.step().accept(step);
        }
    }

    @ParameterizedTest
    @EnumSource
    void updates_ofAStack_areThoseOfEachAlone(Rule rule) throws Exception {
        try (var stack = stack(MODELS)) {
            var together = rule.of(stack);
            for (int step = 0; step < 100; step++) {
                step(stack, together, all(), step);
                if (step == 0) {
                    sameAsAlone(rule, stack, 1, TOLERANCE);
                }
            }
            sameAsAlone(rule, stack, 100, LATER);
            together.close().run();
        }
    }

    private static void sameAsAlone(Rule rule, Stack stack, int steps, double tolerance) throws Exception {
        for (int model : all()) {
            try (var parameters = alone(model);
                    var _ = Scope.still()) {
                var alone = rule.of(parameters, model);
                for (int step = 0; step < steps; step++) {
                    step(parameters, alone, model, step);
                }
                equal(stack.row(model), parameters, tolerance);
                alone.close().run();
            }
        }
    }

    /// Models 0 and 1 change places, and the last becomes a copy; then only the first two go on.
    @ParameterizedTest
    @EnumSource
    void models_thatChangePlaces_takeTheirStateAlong(Rule rule) throws Exception {
        try (var stack = stack(3);
                var alone = alone(0)) {
            var together = rule.of(stack);
            var separate = rule.of(alone, 0);
            for (int step = 0; step < 3; step++) {
                step(stack, together, List.of(0, 1, 2), step);
                step(alone, separate, 0, step);
            }
            stack.rearrange(new int[] {1, 0, 0});
            together.rearrange().accept(new int[] {1, 0, 0});
            try (var _ = Scope.still()) {
                equal(stack.row(2), alone, TOLERANCE);
            }
            var stood = floats(stack, 2);
            for (int step = 3; step < 6; step++) {
                step(stack, together, List.of(1, 0), step);
                step(alone, separate, 0, step);
            }
            try (var _ = Scope.still()) {
                equal(stack.row(1), alone, 10 * TOLERANCE);
            }
            assertThat(floats(stack, 2)).isEqualTo(stood);
            together.close().run();
            separate.close().run();
        }
    }

    private static List<List<Float>> floats(Stack stack, int row) {
        try (var _ = Scope.still()) {
            return layout().names().stream()
                    .map(name -> boxed(stack.row(row).get(name).floats()))
                    .toList();
        }
    }

    private static List<Float> boxed(float[] values) {
        return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
    }

    @ParameterizedTest
    @EnumSource
    void checkpoint_ofARow_isOneOfAModelAlone_bothWays(Rule rule) throws Exception {
        try (var stack = stack(2);
                var alone = alone(1)) {
            var together = rule.of(stack);
            var separate = rule.of(alone, 1);
            for (int step = 0; step < 3; step++) {
                step(stack, together, List.of(0, 1), step);
            }
            var fromStack = saved(stack.row(1), together.row().apply(1));
            try (var checkpoint = Checkpoint.open(fromStack)) {
                alone.load("", checkpoint);
                separate.state().load("optimiser.", checkpoint);
            }
            assertThat(bytes(saved(alone, separate.state()))).isEqualTo(bytes(fromStack));

            together.reset().accept(0);
            try (var checkpoint = Checkpoint.open(fromStack)) {
                stack.row(0).load("", checkpoint);
                together.row().apply(0).load("optimiser.", checkpoint);
            }
            assertThat(bytes(saved(stack.row(0), together.row().apply(0)))).isEqualTo(bytes(fromStack));
            together.close().run();
            separate.close().run();
        }
    }

    private Path saved(Checkpoint.Part weights, Checkpoint.Part optimiser) throws IOException {
        var place = Files.createDirectory(folder.resolve("save-" + saves++));
        Checkpoint.save(place, Map.of("", weights, "optimiser.", optimiser), Map.of());
        return place;
    }

    private static byte[] bytes(Path save) throws IOException {
        return Files.readAllBytes(save.resolve("model.safetensors"));
    }

    /// Models in training, for those who watch memory.
    record Trained(Stack stack, Together together) implements AutoCloseable {
        @Override
        public void close() {
            together.close().run();
            stack.close();
        }
    }

    static Trained trained(int updates) {
        var stack = stack(MODELS);
        var trained = new Trained(stack, Rule.ADAM.of(stack));
        train(trained, updates);
        return trained;
    }

    static void train(Trained trained, int updates) {
        for (int step = 0; step < updates; step++) {
            step(trained.stack(), trained.together(), all(), step);
            trained.stack().rearrange(new int[] {1, 0, 2, 3, 4});
            trained.together().rearrange().accept(new int[] {1, 0, 2, 3, 4});
        }
    }

    @Test
    void aModelThatIsNoNumber_touchesNoOther() throws Exception {
        var well = afterTenSteps(false);
        var ill = afterTenSteps(true);
        for (int model = 0; model < MODELS; model++) {
            if (model == 2) {
                assertThat(ill.get(model).getFirst()).contains(Float.NaN);
            } else {
                assertThat(ill.get(model)).isEqualTo(well.get(model));
            }
        }
    }

    private static List<List<List<Float>>> afterTenSteps(boolean ill) throws Exception {
        try (var stack = stack(MODELS)) {
            if (ill) {
                try (var _ = Scope.still()) {
                    stack.row(2).get("conv.weight").timesHere(Double.NaN);
                }
            }
            var together = Rule.ADAM.of(stack);
            for (int step = 0; step < 10; step++) {
                step(stack, together, all(), step);
            }
            together.close().run();
            var weights = new ArrayList<List<List<Float>>>();
            all().forEach(model -> weights.add(floats(stack, model)));
            return weights;
        }
    }

    @Test
    void aName_thatIsNoParameter_isRefused() {
        try (var stack = stack(1);
                var _ = Scope.training()) {
            assertThatThrownBy(() -> stack.block(0, 1).get("fc9")).hasMessage("no parameter is called fc9");
        }
    }
}
