package dev.clade.toys.pole;

import dev.clade.random.Randomness;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Capability;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Place;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;

/// `trainer: {toy: pole}`: an agent that learns to swing up a pole on a cart and to hold it there.
///
/// One step is one update of the agent: 256 acts in the world (8 episodes side by side, 32 acts each), gone through
/// four times in 16 gradient steps. About 3 ms on one core.
///
/// The metric is `return`, to be maximised: seconds upright, of ten (see `SwingUp`), one sample for each of
/// [#EPISODES] episodes. New weights earn less than 0.5, the best seen 8.8: swinging up takes its time. The policy
/// acts as it does in training, by chance: what its entropy costs is a part of the score. Live: `entropy` of the
/// policy [nat].
///
/// The hyperparameters, all live: `learning_rate`, `entropy_cost`, `discount`, `trace`; what a space does not name
/// has the default of its kind.
public final class PoleTrainer implements Trainer {

    /// Episodes in an evaluation.
    static final int EPISODES = 10;

    private static final int REPORT_EVERY = 10;

    private final Agent agent = new Agent();
    private Recipe recipe = Recipe.DEFAULT;
    private Practice practice = new Practice(random(0));

    /// The factory that `{toy: pole}` names. It has no settings.
    public static Trainer.Factory factory(Setting.Mapping settings) {
        var fields = Fields.of(settings, "the trainer 'pole'");
        fields.need("toy");
        fields.end();
        return factory();
    }

    public static Trainer.Factory factory() {
        return new Trainer.Factory() {
            @Override
            public Trainer create(Place place) {
                return new PoleTrainer();
            }

            @Override
            public Set<Capability> capabilities() {
                return EnumSet.of(Capability.BLEND, Capability.MIDWAY, Capability.BITWISE);
            }
        };
    }

    private static Randomness random(long seed) {
        return Randomness.keyed(seed, 0, 0);
    }

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        var random = random(start.seed());
        switch (start.origin()) {
            case Origin.Keep() -> {}
            case Origin.Fresh() -> agent.draw(random);
            case Origin.Resume(var folder) -> Checkpoint.read(agent, folder);
            case Origin.Copy(var folder) -> Checkpoint.read(agent, folder);
            case Origin.Blend(var folder, var keep, var fresh) -> {
                Checkpoint.read(agent, folder);
                agent.blend(keep, fresh, random);
            }
            case Origin.Lane(var from) ->
                throw new IllegalArgumentException("a pole trainer has no lanes, asked for lane " + from);
        }
        recipe = Recipe.of(start.values());
        practice = new Practice(random);
        return recipe.receipt(start.values());
    }

    @Override
    public void train(Stretch stretch) {
        while (stretch.advance(1)) {
            double entropy = practice.update(agent, recipe);
            if (stretch.step() % REPORT_EVERY == 0 && Double.isFinite(entropy)) {
                stretch.report("entropy", entropy);
            }
        }
    }

    @Override
    public Evaluation evaluate(long seed) {
        var returns = new ArrayList<Double>();
        for (int episode = 0; episode < EPISODES; episode++) {
            returns.add(agent.sound() ? play(Randomness.keyed(seed, episode, 0)) : Double.NaN);
        }
        return Evaluation.of("return", returns);
    }

    private double play(Randomness random) {
        var task = new SwingUp();
        var choices = random.of("choices");
        var senses = new double[SwingUp.SENSES];
        task.restart(random.of("starts"));
        double sum = 0;
        while (!task.fallen() && !task.timeIsUp()) {
            task.observe(senses);
            sum += task.act(agent.choose(senses, choices));
        }
        return sum;
    }

    @Override
    public void save(Path folder) throws IOException {
        Checkpoint.write(agent, folder);
    }
}
