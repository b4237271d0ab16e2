package dev.clade.zoo.agent;

import dev.clade.random.Randomness;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.member.Asked;
import dev.clade.zoo.member.Model;
import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Library;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.RmsProp;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Weights;
import dev.clade.zoo.world.Strip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// A member whose actor-learners share weights (asynchronous advantage actor-critic, Mnih et al. 2016, arXiv
/// 1602.01783, whatever the [Agent]). A step is an *agent step*: one of one environment of one learner. With one
/// thread learners take turns, so that what comes out is a function of weights and seeds; with more they run as they
/// can, and write into the shared weights without locks (Recht et al. 2011, arXiv 1106.5730).
///
/// @param <V> the agent's own hyperparameters
public final class AgentModel<V> implements Model<Segment> {

    private static final int REPORTED = 30;

    private final Settings settings;
    private final Agent<V> agent;
    private final Parameters shared;
    private final RmsProp optimiser;
    private final List<Learner> learners;

    public AgentModel(Settings settings, Agent<V> agent) {
        this.settings = settings;
        this.agent = agent;
        shared = agent.network().layout().build();
        optimiser = new RmsProp(shared);
        learners = IntStream.range(0, settings.learners())
                .mapToObj(_ -> new Learner(agent))
                .toList();
    }

    @Override
    public String name() {
        return agent.name();
    }

    @Override
    public Segment segment(Asked asked, Randomness random) {
        var values = Values.of(asked, settings.unroll());
        var own = agent.values(asked);
        var lives = IntStream.range(0, learners.size())
                .mapToObj(i -> life(values, own, purpose -> random.of("learner/" + i + "/" + purpose)))
                .toList();
        return new Segment(values, lives, new Segment.Turn(), new Recent());
    }

    private Learner.Life life(Values values, V own, Randomness random) {
        return new Learner.Life(
                new Environments(
                        settings::world,
                        settings.environments(),
                        agent.network().memory(),
                        random,
                        "environment"),
                agent.lesson(own, values.discount(), random),
                random.of("actions"));
    }

    @Override
    public void draw(Randomness random) {
        agent.network().draw(shared, random);
        optimiser.reset();
    }

    @Override
    public List<Weights> weights() {
        return List.of(shared);
    }

    @Override
    public SequencedMap<String, Checkpoint.Part> parts() {
        return Model.parts(shared, optimiser);
    }

    // --- training

    @Override
    public void train(Segment segment, Stretch stretch) {
        var budget = new Budget(stretch, settings.environments());
        if (settings.threads() == 1) {
            while (update(segment, budget, segment.turn().now())) {
                segment.turn().pass(learners.size());
            }
        } else {
            together(segment, budget);
        }
    }

    /// One learner's next.
    ///
    /// @return whether there was one
    private boolean update(Segment segment, Budget budget, int which) {
        var granted = budget.next(segment.values().unroll());
        if (granted.steps() == 0) {
            return false;
        }
        var learner = learners.get(which);
        var measured =
                learner.unroll(shared, segment.lives().get(which), granted.steps(), segment.recent(), granted.due());
        learner.own().clip(settings.clip());
        optimiser.step(learner.own(), segment.values().lr(), settings.decay(), settings.epsilon());
        if (granted.due()) {
            segment.recent().mean().ifPresent(mean -> measured.put("training_return", mean));
            budget.report(measured);
        }
        return true;
    }

    /// Threads of one scope each; a learner is always the same thread's. Where one fails, the others end with the
    /// unroll
    /// that they are in.
    private void together(Segment segment, Budget budget) {
        var device = Scope.device();
        int threads = settings.threads();
        var ended = new ArrayList<Future<?>>();
        try (var executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("learner-", 0).factory())) {
            for (int thread = 0; thread < threads; thread++) {
                int first = thread;
                ended.add(executor.submit(() -> {
                    Library.threads(1);
                    boolean through = false;
                    try (var _ = Scope.on(device)) {
                        int which = first;
                        while (update(segment, budget, which)) {
                            which = which + threads < learners.size() ? which + threads : first;
                        }
                        through = true;
                    } finally {
                        if (!through) {
                            budget.close();
                        }
                    }
                }));
            }
        }
        ended.forEach(AgentModel::join);
    }

    private static void join(Future<?> ended) {
        try {
            ended.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    // --- measuring

    /// The last ten episodes of the segment's training (as in the paper); those that are lacking are played, or all. So
    /// a model that was just loaded is measured afresh.
    @Override
    public Evaluation evaluate(Segment segment, long seed) {
        var samples = new ArrayList<Double>();
        if (!settings.fresh()) {
            samples.addAll(segment.recent().all());
        }
        return measured("", samples, Recent.EPISODES, seed);
    }

    /// Thirty fresh episodes.
    @Override
    public Evaluation report(Segment segment, long seed) {
        return measured("test_", new ArrayList<>(), REPORTED, seed);
    }

    private Evaluation measured(String prefix, List<Double> samples, int count, long seed) {
        if (finite()) {
            samples.addAll(new Episodes(agent, settings, prefix).returns(shared, count - samples.size(), seed));
        } else {
            samples.clear();
            samples.addAll(Collections.nCopies(count, Double.NaN));
        }
        var marks = settings.level().marks();
        return Evaluation.of(prefix + "return", samples)
                .and(Evaluation.of(
                        prefix + "normalised",
                        samples.stream().map(marks::normalised).toList()));
    }

    private boolean finite() {
        try (var _ = Scope.still()) {
            return Double.isFinite(shared.all().norm().item());
        }
    }

    @Override
    public void pictures(Path folder, long seed) throws IOException {
        Strip.write(new Episodes(agent, settings, "picture/").frames(shared, seed), folder);
    }

    @Override
    public void close() {
        learners.forEach(Learner::close);
        optimiser.close();
        shared.close();
    }
}
