package dev.clade.zoo.gan;

import dev.clade.random.Randomness;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.member.Asked;
import dev.clade.zoo.member.Stepwise;
import dev.clade.zoo.tensor.Adam;
import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A generator and its discriminator, each with an optimiser. A step is one update of the generator, after
/// as many of the discriminator as the member's values say.
final class GanModel implements Stepwise<Segment> {

    private final Task task;
    private final Generator generator;
    private final Discriminator discriminator;
    private final Parameters generating;
    private final Parameters discriminating;
    private final Adam generatorOptimiser;
    private final Adam discriminatorOptimiser;

    GanModel(Task task) {
        this.task = task;
        generator = Generator.of(task.size());
        discriminator = Discriminator.of(task.size());
        generating = generator.layout().build();
        discriminating = discriminator.layout().build();
        generatorOptimiser = new Adam(generating);
        discriminatorOptimiser = new Adam(discriminating);
    }

    @Override
    public String name() {
        return Task.NAME;
    }

    @Override
    public Segment segment(Asked asked, Randomness random) {
        return task.segment(asked, random);
    }

    @Override
    public void draw(Randomness random) {
        generator.draw(generating, random);
        discriminator.draw(discriminating, random);
        generatorOptimiser.reset();
        discriminatorOptimiser.reset();
    }

    @Override
    public List<Weights> weights() {
        return List.of(generating, discriminating);
    }

    @Override
    public SequencedMap<String, Checkpoint.Part> parts() {
        return parts(generating, discriminating, generatorOptimiser, discriminatorOptimiser);
    }

    static SequencedMap<String, Checkpoint.Part> parts(
            Checkpoint.Part generating,
            Checkpoint.Part discriminating,
            Checkpoint.Part generatorOptimiser,
            Checkpoint.Part discriminatorOptimiser) {
        var parts = new LinkedHashMap<String, Checkpoint.Part>();
        parts.put("generator.", generating);
        parts.put("discriminator.", discriminating);
        parts.put("generator_optimiser.", generatorOptimiser);
        parts.put("discriminator_optimiser.", discriminatorOptimiser);
        return parts;
    }

    // --- training

    @Override
    public void step(Segment segment, Stretch stretch) {
        boolean reported = stretch.step() % Task.REPORT == 0;
        for (int i = 1; i <= segment.values().discriminatorSteps(); i++) {
            try (var _ = Scope.training()) {
                var loss = discriminate(segment);
                if (reported && i == segment.values().discriminatorSteps()) {
                    stretch.report("discriminator_loss", loss.item());
                }
            }
        }
        try (var _ = Scope.training()) {
            var loss = generate(segment);
            if (reported) {
                stretch.report("generator_loss", loss.item());
            }
        }
    }

    private Tensor discriminate(Segment segment) {
        var batch = new Batch(task, 1);
        batch.take(0, segment);
        var fake = generator.images(new Frozen(generating), batch.latent(0));
        var loss = task.objective()
                .discriminator(discriminator.scores(discriminating), batch.real(), fake, batch.mixing())
                .sum();
        loss.backward();
        discriminatorOptimiser.step(
                segment.values().discriminatorRate(),
                segment.values().beta1(),
                task.objective().beta2());
        return loss;
    }

    private Tensor generate(Segment segment) {
        var batch = new Batch(task, 1);
        batch.takeLatent(0, segment);
        var loss = task.objective()
                .generator(
                        discriminator.scores(new Frozen(discriminating)), generator.images(generating, batch.latent(0)))
                .sum();
        loss.backward();
        generatorOptimiser.step(
                segment.values().generatorRate(),
                segment.values().beta1(),
                task.objective().beta2());
        return loss;
    }

    // --- measuring

    private Sampling sampling() {
        return new Sampling(generator, generating);
    }

    @Override
    public Evaluation evaluate(Segment segment, long seed) {
        return task.measuring().selection(sampling(), seed);
    }

    @Override
    public Evaluation report(Segment segment, long seed) {
        return task.measuring().report(sampling(), seed);
    }

    @Override
    public void pictures(Path folder, long seed) throws IOException {
        Pictures.write(folder, sampling(), seed, task.images());
    }

    @Override
    public void close() {
        discriminatorOptimiser.close();
        generatorOptimiser.close();
        discriminating.close();
        generating.close();
    }
}
