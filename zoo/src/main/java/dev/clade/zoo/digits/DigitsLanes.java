package dev.clade.zoo.digits;

import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Library;
import dev.clade.zoo.tensor.Masks;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Stack;
import dev.clade.zoo.tensor.StackedSgd;
import dev.clade.zoo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Members on the digits as one batched program: each is what [DigitsTrainer] would make of it alone, to rounding. It
/// draws the same numbers, under the same hyperparameters, and is saved in the same form.
final class DigitsLanes implements Lanes {

    /// The most members that take a step together.
    private static final int MOST = 32;

    private final Data data;
    private final Network network;
    private final int batch;
    private final Schedule schedule;
    private final int threads;
    private final float[][] images;
    private final Stack stack;
    private final StackedSgd optimiser;

    /// The lane of each row of the stack: whoever trains lies in front.
    private final List<Integer> order = new ArrayList<>();

    /// What each lane has in hand.
    private final SortedMap<Integer, Segment> segments = new TreeMap<>();

    DigitsLanes(Data data, Network network, int batch, Schedule schedule, int threads, int width) {
        this.data = data;
        this.network = network;
        this.batch = batch;
        this.schedule = schedule;
        this.threads = threads;
        Library.threads(threads);
        images = network.rows(data.training());
        stack = new Stack(network.layout(), width);
        optimiser = new StackedSgd(stack);
        IntStream.range(0, width).forEach(order::add);
    }

    @Override
    public int width() {
        return stack.count();
    }

    // --- beginning

    @Override
    public SortedMap<Integer, Hyperparameters> begin(SortedMap<Integer, Start> starts) throws IOException {
        Library.threads(threads);
        var values = new TreeMap<Integer, Values>();
        starts.forEach((lane, start) -> values.put(lane, Values.of(start.values())));
        gather(starts);
        segments.keySet().removeAll(starts.keySet());
        var receipts = new TreeMap<Integer, Hyperparameters>();
        for (var entry : starts.entrySet()) {
            int lane = entry.getKey();
            var start = entry.getValue();
            var random = Randomness.keyed(start.seed(), 0, 0);
            weigh(row(lane), start.origin(), random);
            var own = Objects.requireNonNull(values.get(lane));
            segments.put(lane, new Segment(network, own, random, images.length));
            receipts.put(lane, own.receipt(start.values()));
        }
        return receipts;
    }

    /// Copies between lanes, all from the weights as they are before any is written.
    private void gather(SortedMap<Integer, Start> starts) {
        var from = IntStream.range(0, width()).toArray();
        starts.forEach((lane, start) -> {
            switch (start.origin()) {
                case Origin.Keep _ -> need(lane);
                case Origin.Lane(var source) -> from[row(lane)] = row(need(source));
                case Origin.Fresh _, Origin.Resume _, Origin.Copy _, Origin.Blend _ -> {}
            }
        });
        rearrange(from);
    }

    private int need(int lane) {
        if (!segments.containsKey(lane)) {
            throw new IllegalStateException("there is no model in hand to keep, in lane " + lane);
        }
        return lane;
    }

    private int row(int lane) {
        return order.indexOf(lane);
    }

    private void rearrange(int[] from) {
        stack.rearrange(from);
        optimiser.rearrange(from);
    }

    private void weigh(int row, Origin origin, Randomness random) throws IOException {
        try (var _ = Scope.still()) {
            switch (origin) {
                case Origin.Keep _, Origin.Lane _ -> {}
                case Origin.Fresh _ -> fresh(row, random);
                case Origin.Resume(var folder) -> load(row, folder);
                case Origin.Copy(var folder) -> load(row, folder);
                case Origin.Blend(var folder, var keep, var fresh) -> blend(row, folder, keep, fresh, random);
            }
        }
    }

    private void fresh(int row, Randomness random) {
        network.draw(stack.row(row), random);
        optimiser.reset(row);
    }

    private void load(int row, Path folder) throws IOException {
        try (var checkpoint = Checkpoint.open(folder)) {
            stack.row(row).load("", checkpoint);
            optimiser.row(row).load(DigitsTrainer.OPTIMISER, checkpoint);
        }
    }

    private void blend(int row, Path folder, double keep, double fresh, Randomness random) throws IOException {
        load(row, folder);
        var weights = stack.row(row);
        var old = new TreeMap<String, Tensor>();
        weights.names().forEach(name -> old.put(name, weights.get(name).times(keep)));
        fresh(row, random);
        old.forEach((name, kept) -> weights.get(name).timesHere(fresh).plusHere(kept, 1));
    }

    // --- training

    /// A member in training.
    private record Runner(int lane, Segment segment, Stretch stretch) {}

    /// A large crew trains in parts, one after the other, each through its whole stretch: what a part is made of stays
    /// in the processor's cache.
    @Override
    public void train(SortedMap<Integer, Stretch> moving) {
        var runners = new ArrayList<Runner>();
        moving.forEach((lane, stretch) -> runners.add(new Runner(lane, inHand(lane), stretch)));
        int parts = Math.ceilDiv(runners.size(), MOST);
        for (int part = 0; part < parts; part++) {
            int from = part * runners.size() / parts;
            int to = (part + 1) * runners.size() / parts;
            through(new ArrayList<>(runners.subList(from, to)));
        }
    }

    private Segment inHand(int lane) {
        return Optional.ofNullable(segments.get(lane))
                .orElseThrow(() -> new IllegalStateException("train before begin, in lane " + lane));
    }

    /// Lanes whose stretch is over stand still: they lie behind those that go on, and out of the program.
    private void through(List<Runner> runners) {
        while (true) {
            runners.removeIf(runner -> !runner.stretch().advance(1));
            if (runners.isEmpty()) {
                return;
            }
            toTheFront(runners);
            step(runners);
        }
    }

    /// Row `i` is the i-th runner's.
    private void toTheFront(List<Runner> runners) {
        var from = IntStream.range(0, width()).toArray();
        boolean moved = false;
        for (int i = 0; i < runners.size(); i++) {
            int lane = runners.get(i).lane();
            if (order.get(i) != lane) {
                int at = row(lane);
                order.set(at, order.get(i));
                order.set(i, lane);
                int row = from[at];
                from[at] = from[i];
                from[i] = row;
                moved = true;
            }
        }
        if (moved) {
            rearrange(from);
        }
    }

    private void step(List<Runner> runners) {
        try (var _ = Scope.training()) {
            var block = stack.block(0, runners.size());
            var drawn = new Batch(runners.size());
            for (int i = 0; i < runners.size(); i++) {
                drawn.take(i, runners.get(i).segment());
            }
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

    private Optional<Tensor> masks(List<Runner> runners, int layer, int outputs) {
        var rates = runners.stream().map(r -> r.segment().rate(layer)).toList();
        if (rates.stream().allMatch(rate -> rate == 0)) {
            return Optional.empty();
        }
        var randoms = runners.stream().map(r -> r.segment().mask(layer)).toList();
        return Optional.of(Masks.each(rates, randoms, batch, outputs));
    }

    private static double[] each(List<Runner> runners, java.util.function.ToDoubleFunction<Runner> number) {
        return runners.stream().mapToDouble(number).toArray();
    }

    private static void report(List<Runner> runners, Tensor losses) {
        if (runners.stream().noneMatch(r -> r.stretch().step() % DigitsTrainer.REPORT == 0)) {
            return;
        }
        var each = losses.detached().sum(2).sum(1).floats();
        for (int i = 0; i < each.length; i++) {
            var stretch = runners.get(i).stretch();
            if (stretch.step() % DigitsTrainer.REPORT == 0) {
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

    // --- measuring and saving

    @Override
    public SortedMap<Integer, Evaluation> evaluate(SortedMap<Integer, Long> seeds) {
        var evaluations = new TreeMap<Integer, Evaluation>();
        try (var _ = Scope.still()) {
            seeds.keySet().forEach(lane -> evaluations.put(lane, measuring(lane).validation()));
        }
        return evaluations;
    }

    @Override
    public Evaluation report(int lane, long seed) {
        try (var _ = Scope.still()) {
            return measuring(lane).test();
        }
    }

    private Measuring measuring(int lane) {
        return new Measuring(data, network, stack.row(row(lane)));
    }

    @Override
    public void save(int lane, Path folder) throws IOException {
        int row = row(lane);
        Checkpoint.save(
                folder,
                Map.of("", stack.row(row), DigitsTrainer.OPTIMISER, optimiser.row(row)),
                DigitsTrainer.METADATA);
    }

    @Override
    public void close() {
        optimiser.close();
        stack.close();
    }
}
