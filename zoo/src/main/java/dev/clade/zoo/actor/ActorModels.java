package dev.clade.zoo.actor;

import dev.clade.random.Randomness;
import dev.clade.trainer.Evaluation;
import dev.clade.zoo.member.Asked;
import dev.clade.zoo.member.Model;
import dev.clade.zoo.member.Models;
import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Stack;
import dev.clade.zoo.tensor.StackedRmsProp;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Members that learn to play as one batched program: each is what [ActorModel] would make of it alone, to
/// rounding, as long as no rounding tips the choice of an action.
final class ActorModels implements Models<Segment> {

    private static final int MOST = 32;

    private final Settings settings;
    private final Choice choice;
    private final Network network;
    private final Stack stack;
    private final StackedRmsProp optimiser;

    ActorModels(Settings settings, int count) {
        this(settings, Choice.SAMPLED, count);
    }

    /// @param choice of actions in training
    ActorModels(Settings settings, Choice choice, int count) {
        this.settings = settings;
        this.choice = choice;
        network = Network.of(settings.world());
        stack = new Stack(network.layout(), count);
        optimiser = new StackedRmsProp(stack);
    }

    @Override
    public String name() {
        return ActorModel.NAME;
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
        return Segment.of(Values.inLanes(asked, settings.unroll()), settings, choice, random);
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
            var segments = runners.stream().map(Runner::segment).toList();
            var values = segments.stream().map(Segment::values).toList();
            var block = stack.block(0, runners.size());
            var loss = new Playing(segments, network(block), network.outputs()).loss();
            loss.sum(values).backward();
            block.clip(settings.clip());
            optimiser.step(
                    block,
                    values.stream().mapToDouble(Values::lr).toArray(),
                    filled(runners.size(), settings.decay()),
                    filled(runners.size(), settings.epsilon()));
            Playing.report(segments, runners.stream().map(Runner::stretch).toList(), loss);
        }
    }

    private static double[] filled(int count, double number) {
        var numbers = new double[count];
        Arrays.fill(numbers, number);
        return numbers;
    }

    private UnaryOperator<Tensor> network(Weights block) {
        return seen -> network.outputsEach(block, seen);
    }

    // --- measuring

    /// Rows that lie side by side play at once.
    @Override
    public SortedMap<Integer, Evaluation> evaluate(Map<Integer, Segment> segments, SortedMap<Integer, Long> seeds) {
        var evaluations = new TreeMap<Integer, Evaluation>();
        int row = seeds.firstKey();
        while (evaluations.size() < seeds.size()) {
            row = seeds.tailMap(row).firstKey();
            int end = row;
            while (seeds.containsKey(end) && end - row < MOST) {
                end++;
            }
            var some = List.copyOf(seeds.subMap(row, end).values());
            try (var _ = Scope.still()) {
                var played = Episodes.EVALUATED.played(settings, some, network(stack.block(row, end - row)));
                for (var evaluation : played) {
                    evaluations.put(row++, evaluation);
                }
            }
        }
        return evaluations;
    }

    @Override
    public Evaluation report(int row, Segment segment, long seed) {
        return Episodes.REPORTED
                .played(settings, List.of(seed), network(stack.block(row, 1)))
                .getFirst();
    }

    @Override
    public void pictures(int row, Path folder, long seed) throws IOException {
        Pictures.draw(settings, seed, network(stack.block(row, 1)), folder);
    }

    @Override
    public void close() {
        optimiser.close();
        stack.close();
    }
}
