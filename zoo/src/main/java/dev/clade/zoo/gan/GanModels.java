package dev.clade.zoo.gan;

import dev.clade.random.Randomness;
import dev.clade.trainer.Evaluation;
import dev.clade.zoo.member.Asked;
import dev.clade.zoo.member.Models;
import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Host;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Stack;
import dev.clade.zoo.tensor.StackedAdam;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// Pairs of networks as one batched program: each is what [GanModel] would make of it alone, to rounding.
final class GanModels implements Models<Segment> {

    private static final int MOST = 16;

    private final Task task;
    private final Generator generator;
    private final Discriminator discriminator;
    private final Stack generating;
    private final Stack discriminating;
    private final StackedAdam generatorOptimiser;
    private final StackedAdam discriminatorOptimiser;

    GanModels(Task task, int count) {
        this.task = task;
        generator = Generator.of(task.size());
        discriminator = Discriminator.of(task.size());
        generating = new Stack(generator.layout(), count);
        discriminating = new Stack(discriminator.layout(), count);
        generatorOptimiser = new StackedAdam(generating);
        discriminatorOptimiser = new StackedAdam(discriminating);
    }

    @Override
    public String name() {
        return Task.NAME;
    }

    @Override
    public int count() {
        return generating.count();
    }

    @Override
    public int most() {
        return MOST;
    }

    /// Whose discriminator is updated more often lies first.
    @Override
    public Comparator<Segment> order() {
        return Comparator.comparing(
                (Segment segment) -> segment.values().discriminatorSteps(), Comparator.reverseOrder());
    }

    @Override
    public void rearrange(int[] from) {
        generating.rearrange(from);
        discriminating.rearrange(from);
        generatorOptimiser.rearrange(from);
        discriminatorOptimiser.rearrange(from);
    }

    @Override
    public Segment segment(Asked asked, Randomness random) {
        return task.segment(asked, random);
    }

    @Override
    public void draw(int row, Randomness random) {
        generator.draw(generating.row(row), random);
        discriminator.draw(discriminating.row(row), random);
        generatorOptimiser.reset(row);
        discriminatorOptimiser.reset(row);
    }

    @Override
    public List<Weights> weights(int row) {
        return List.of(generating.row(row), discriminating.row(row));
    }

    @Override
    public SequencedMap<String, Checkpoint.Part> parts(int row) {
        return GanModel.parts(
                generating.row(row),
                discriminating.row(row),
                generatorOptimiser.row(row),
                discriminatorOptimiser.row(row));
    }

    // --- training

    /// The n-th update of the discriminator is of those that have so many: the first rows.
    @Override
    public void step(List<Runner<Segment>> runners) {
        int most = updates(runners.getFirst());
        for (int update = 1; update <= most; update++) {
            int now = update;
            int count = (int)
                    runners.stream().filter(runner -> updates(runner) >= now).count();
            discriminate(runners.subList(0, count), now);
        }
        generate(runners);
    }

    private static int updates(Runner<Segment> runner) {
        return runner.segment().values().discriminatorSteps();
    }

    private void discriminate(List<Runner<Segment>> runners, int update) {
        try (var _ = Scope.training()) {
            var batch = new Batch(task, runners.size());
            Host.each(runners.size(), i -> batch.take(i, runners.get(i).segment()));
            var block = discriminating.block(0, runners.size());
            var fake = generator.imagesEach(new Frozen(generating.block(0, runners.size())), batch.latent());
            var losses = task.objective()
                    .discriminator(discriminator.scoresEach(block, runners.size()), batch.real(), fake, batch.mixing());
            losses.sum().backward();
            discriminatorOptimiser.step(
                    block,
                    each(runners, Values::discriminatorRate),
                    each(runners, Values::beta1),
                    each(runners, _ -> task.objective().beta2()));
            report(runners, "discriminator_loss", losses, runner -> updates(runner) == update);
        }
    }

    private void generate(List<Runner<Segment>> runners) {
        try (var _ = Scope.training()) {
            var batch = new Batch(task, runners.size());
            Host.each(runners.size(), i -> batch.takeLatent(i, runners.get(i).segment()));
            var block = generating.block(0, runners.size());
            var judging = new Frozen(discriminating.block(0, runners.size()));
            var losses = task.objective()
                    .generator(
                            discriminator.scoresEach(judging, runners.size()),
                            generator.imagesEach(block, batch.latent()));
            losses.sum().backward();
            generatorOptimiser.step(
                    block,
                    each(runners, Values::generatorRate),
                    each(runners, Values::beta1),
                    each(runners, _ -> task.objective().beta2()));
            report(runners, "generator_loss", losses, _ -> true);
        }
    }

    private static double[] each(List<Runner<Segment>> runners, ToDoubleFunction<Values> number) {
        return runners.stream()
                .mapToDouble(runner -> number.applyAsDouble(runner.segment().values()))
                .toArray();
    }

    private static void report(
            List<Runner<Segment>> runners, String metric, Tensor losses, Predicate<Runner<Segment>> due) {
        Predicate<Runner<Segment>> now = runner -> runner.stretch().step() % Task.REPORT == 0 && due.test(runner);
        if (runners.stream().noneMatch(now)) {
            return;
        }
        var each = losses.detached().floats();
        for (int i = 0; i < each.length; i++) {
            if (now.test(runners.get(i))) {
                runners.get(i).stretch().report(metric, each[i]);
            }
        }
    }

    // --- measuring

    private Sampling sampling(int row) {
        return new Sampling(generator, generating.row(row));
    }

    @Override
    public SortedMap<Integer, Evaluation> evaluate(Map<Integer, Segment> segments, SortedMap<Integer, Long> seeds) {
        var evaluations = new TreeMap<Integer, Evaluation>();
        seeds.forEach((row, seed) -> evaluations.put(row, task.measuring().selection(sampling(row), seed)));
        return evaluations;
    }

    @Override
    public Evaluation report(int row, Segment segment, long seed) {
        return task.measuring().report(sampling(row), seed);
    }

    @Override
    public void pictures(int row, Path folder, long seed) throws IOException {
        Pictures.write(folder, sampling(row), seed, task.images());
    }

    @Override
    public void close() {
        discriminatorOptimiser.close();
        generatorOptimiser.close();
        discriminating.close();
        generating.close();
    }
}
