package dev.clade.zoo.digits;

import dev.clade.random.Randomness;
import dev.clade.trainer.Evaluation;
import dev.clade.zoo.member.Asked;
import dev.clade.zoo.member.Model;
import dev.clade.zoo.member.Models;
import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Host;
import dev.clade.zoo.tensor.Masks;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Stack;
import dev.clade.zoo.tensor.StackedSgd;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// Members on the digits as one batched program: each is what [DigitsModel] would make of it alone, to rounding.
final class DigitsModels implements Models<Segment> {

    private static final int MOST = 32;

    private final Data data;
    private final Network network;
    private final int batch;
    private final Schedule schedule;
    private final float[][] images;
    private final Stack stack;
    private final StackedSgd optimiser;

    DigitsModels(Data data, Network network, int batch, Schedule schedule, int count) {
        this.data = data;
        this.network = network;
        this.batch = batch;
        this.schedule = schedule;
        images = network.rows(data.training());
        stack = new Stack(network.layout(), count);
        optimiser = new StackedSgd(stack);
    }

    @Override
    public String name() {
        return DigitsModel.NAME;
    }

    @Override
    public int count() {
        return stack.count();
    }

    @Override
    public int most() {
        return MOST;
    }

    @Override
    public void rearrange(int[] from) {
        stack.rearrange(from);
        optimiser.rearrange(from);
    }

    @Override
    public Segment segment(Asked asked, Randomness random) {
        return new Segment(network, Values.of(asked), random, images.length);
    }

    @Override
    public void draw(int row, Randomness random) {
        network.draw(stack.row(row), random);
        optimiser.reset(row);
    }

    @Override
    public List<Weights> weights(int row) {
        return List.of(stack.row(row));
    }

    @Override
    public SequencedMap<String, Checkpoint.Part> parts(int row) {
        return Model.parts(stack.row(row), optimiser.row(row));
    }

    @Override
    public void step(List<Runner<Segment>> runners) {
        try (var _ = Scope.training()) {
            var block = stack.block(0, runners.size());
            var drawn = new Batch(runners.size());
            Host.each(runners.size(), i -> drawn.take(i, runners.get(i).segment()));
            var losses = network.logitsEach(block, drawn.rows(), (layer, outputs) -> masks(runners, layer, outputs))
                    .logSoftmax(2)
                    .times(drawn.targets());
            losses.sum().backward();
            optimiser.step(
                    block,
                    each(
                            runners,
                            r -> schedule.rate(
                                    r.segment().values().lr(), r.stretch().step() - 1)),
                    each(runners, r -> r.segment().values().momentum()),
                    each(runners, r -> r.segment().values().decay()));
            report(runners, losses);
        }
    }

    private Optional<Tensor> masks(List<Runner<Segment>> runners, int layer, int outputs) {
        var rates = runners.stream().map(r -> r.segment().rate(layer)).toList();
        if (rates.stream().allMatch(rate -> rate == 0)) {
            return Optional.empty();
        }
        var randoms = runners.stream().map(r -> r.segment().mask(layer)).toList();
        return Optional.of(Masks.each(rates, randoms, batch, outputs));
    }

    private static double[] each(List<Runner<Segment>> runners, ToDoubleFunction<Runner<Segment>> number) {
        return runners.stream().mapToDouble(number).toArray();
    }

    private static void report(List<Runner<Segment>> runners, Tensor losses) {
        if (runners.stream().noneMatch(r -> r.stretch().step() % DigitsModel.REPORT == 0)) {
            return;
        }
        var each = losses.detached().sum(2).sum(1).floats();
        for (int i = 0; i < each.length; i++) {
            var stretch = runners.get(i).stretch();
            if (stretch.step() % DigitsModel.REPORT == 0) {
                stretch.report("training_loss", each[i]);
            }
        }
    }

    /// What runners are trained on in one step: each on its own images.
    private final class Batch {

        private final int models;
        private final int size;
        private final float[] rows;
        private final float[] targets;

        Batch(int models) {
            this.models = models;
            size = images[0].length;
            rows = new float[models * batch * size];
            targets = new float[models * batch * Images.CLASSES];
        }

        /// As [Tensor#crossEntropy]: the smoothed classes, so that the sum of products with logarithms of
        /// probabilities is the mean loss.
        void take(int model, Segment segment) {
            double smoothing = segment.values().smoothing();
            float share = (float) (-smoothing / Images.CLASSES / batch);
            float own = (float) (-(1 - smoothing + smoothing / Images.CLASSES) / batch);
            int at = model * batch;
            for (int image : segment.next(batch)) {
                System.arraycopy(images[image], 0, rows, at * size, size);
                for (int i = 0; i < Images.CLASSES; i++) {
                    targets[at * Images.CLASSES + i] = share;
                }
                targets[at * Images.CLASSES + data.training().classOf(image)] = own;
                at++;
            }
        }

        Tensor rows() {
            return Tensor.of(rows, models, batch, size);
        }

        Tensor targets() {
            return Tensor.of(targets, models, batch, Images.CLASSES);
        }
    }

    // --- measuring

    @Override
    public SortedMap<Integer, Evaluation> evaluate(Map<Integer, Segment> segments, SortedMap<Integer, Long> seeds) {
        var evaluations = new TreeMap<Integer, Evaluation>();
        seeds.keySet().forEach(row -> evaluations.put(row, measuring(row).validation()));
        return evaluations;
    }

    @Override
    public Evaluation report(int row, Segment segment, long seed) {
        return measuring(row).test();
    }

    private Measuring measuring(int row) {
        return new Measuring(data, network, stack.row(row));
    }

    @Override
    public void close() {
        optimiser.close();
        stack.close();
    }
}
