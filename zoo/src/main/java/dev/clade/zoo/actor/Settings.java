package dev.clade.zoo.actor;

import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.zoo.member.Sharing;
import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.Sticky;
import dev.clade.zoo.world.World;
import dev.clade.zoo.world.levels.Levels;

/// What an experiment file says under `trainer`.
///
/// @param level of which world
/// @param sticky how likely it is that an action sticks, in `[0, 1)`
/// @param environments copies of the world that a member acts in at once
/// @param unroll steps of each in an update, where no hyperparameter says it
/// @param clip the most that the norm of a gradient may be
/// @param decay of the mean squares of gradients, in `[0, 1)`
/// @param epsilon added to their roots, above 0
/// @param sharing what the members of a slot share
record Settings(
        Level level,
        double sticky,
        int environments,
        int unroll,
        double clip,
        double decay,
        double epsilon,
        Sharing sharing) {

    /// Mnih et al. 2016 have one for each of 16 threads.
    static final int ENVIRONMENTS = 16;

    /// Mnih et al. 2016, section 5.1.
    static final int UNROLL = 5;

    /// Ours, after the code of A2C in OpenAI's baselines.
    static final double CLIP = 0.5;

    /// Mnih et al. 2016, section 8.
    static final double DECAY = 0.99;

    /// Ours: `eps` is outside of the root here.
    static final double EPSILON = 1e-3;

    static Settings read(Setting.Mapping mapping) {
        var fields = Fields.of(mapping, "the trainer 'actor'");
        fields.need("zoo");
        var level = level(fields.need("world"));
        var settings = new Settings(
                level,
                fields.find("sticky").map(s -> s.asReal(0, 0.99)).orElse(0.0),
                fields.find("environments").map(s -> s.asCount(1)).orElse(ENVIRONMENTS),
                fields.find("unroll").map(Settings::unroll).orElse(UNROLL),
                fields.find("clip").map(s -> s.asReal(1e-6, 1e6)).orElse(CLIP),
                fields.find("decay").map(s -> s.asReal(0, 0.99999)).orElse(DECAY),
                fields.find("epsilon").map(s -> s.asReal(1e-12, 1)).orElse(EPSILON),
                Sharing.read(fields));
        fields.end();
        return settings;
    }

    private static Level level(Setting setting) {
        return Levels.find(setting.asText())
                .orElseThrow(() -> setting.wrong(setting.asText(), "a world: " + String.join(", ", Levels.words())));
    }

    private static int unroll(Setting setting) {
        int unroll = setting.asCount(Values.SHORTEST);
        if (unroll > Values.LONGEST) {
            throw setting.wrong(setting.asText(), "at most " + Values.LONGEST);
        }
        return unroll;
    }

    World world() {
        return sticky == 0 ? level.world() : Sticky.of(level.world(), sticky);
    }
}
