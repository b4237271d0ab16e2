package dev.clade.zoo.agent;

import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.zoo.member.Sharing;
import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.Sticky;
import dev.clade.zoo.world.World;
import dev.clade.zoo.world.levels.Levels;

/// What an experiment file says under `trainer` of any agent.
///
/// @param level of which world
/// @param sticky how likely it is that an action sticks, in `[0, 1)`
/// @param learners actor-learners of a member
/// @param environments copies of the world that each of them acts in
/// @param threads that run the learners; one lets them take turns
/// @param unroll steps of each environment in an update, where no hyperparameter says it
/// @param clip the most that the norm of a gradient may be
/// @param decay of the mean squares of gradients, in `[0, 1)`
/// @param epsilon added to their roots, above 0
/// @param fresh whether an evaluation plays episodes of its own, and does not take the last of training
/// @param sharing what the members of a slot share
public record Settings(
        Level level,
        double sticky,
        int learners,
        int environments,
        int threads,
        int unroll,
        double clip,
        double decay,
        double epsilon,
        boolean fresh,
        Sharing sharing) {

    static final int LEARNERS = 2;

    static final int ENVIRONMENTS = 8;

    /// That of UNREAL and of FuN.
    static final int UNROLL = 20;

    /// As the actor-critic without memory has it.
    static final double CLIP = 0.5;

    /// Mnih et al. 2016, section 8.
    static final double DECAY = 0.99;

    /// Ours: it is outside of the root here.
    static final double EPSILON = 1e-3;

    /// Reads what every agent has; a workload reads what it has beside that, and ends the fields.
    ///
    /// @param fields of `trainer`
    public static Settings read(Fields fields) {
        int learners = fields.find("learners").map(s -> s.asCount(1)).orElse(LEARNERS);
        return new Settings(
                level(fields.need("world")),
                fields.find("sticky").map(s -> s.asReal(0, 0.99)).orElse(0.0),
                learners,
                fields.find("environments").map(s -> s.asCount(1)).orElse(ENVIRONMENTS),
                fields.find("threads").map(s -> count(s, 1, learners)).orElse(1),
                fields.find("unroll")
                        .map(s -> count(s, Values.SHORTEST, Values.LONGEST))
                        .orElse(UNROLL),
                fields.find("clip").map(s -> s.asReal(1e-6, 1e6)).orElse(CLIP),
                fields.find("decay").map(s -> s.asReal(0, 0.99999)).orElse(DECAY),
                fields.find("epsilon").map(s -> s.asReal(1e-12, 1)).orElse(EPSILON),
                fields.find("evaluate").map(Settings::fresh).orElse(false),
                Sharing.alone(fields));
    }

    /// The defaults but for these.
    public static Settings of(Level level, int learners, int environments, int threads, int unroll) {
        return new Settings(
                level, 0, learners, environments, threads, unroll, CLIP, DECAY, EPSILON, false, Sharing.HERE);
    }

    /// The same with evaluations that play, or that do not.
    public Settings fresh(boolean plays) {
        return new Settings(
                level, sticky, learners, environments, threads, unroll, clip, decay, epsilon, plays, sharing);
    }

    private static Level level(Setting setting) {
        return Levels.find(setting.asText())
                .orElseThrow(() -> setting.wrong(setting.asText(), "a world: " + String.join(", ", Levels.words())));
    }

    private static int count(Setting setting, int least, int most) {
        int count = setting.asCount(least);
        if (count > most) {
            throw setting.wrong(setting.asText(), "at most " + most);
        }
        return count;
    }

    private static boolean fresh(Setting setting) {
        return switch (setting.asText()) {
            case "last" -> false;
            case "fresh" -> true;
            default -> throw setting.wrong(setting.asText(), "last or fresh");
        };
    }

    public World world() {
        return sticky == 0 ? level.world() : Sticky.of(level.world(), sticky);
    }
}
