package dev.clade.zoo.unreal;

import dev.clade.random.Randomness;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.agent.Agent;
import dev.clade.zoo.agent.Agents;
import dev.clade.zoo.agent.RecurrentNetwork;
import dev.clade.zoo.agent.Settings;
import dev.clade.zoo.member.Asked;
import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.Targeted;
import dev.clade.zoo.world.levels.Levels;
import java.nio.file.Path;
import java.util.List;

/// The agent of `trainer: {zoo: unreal}`: A3C with a memory that learns other tasks beside the game (Jaderberg
/// et al. 2016, arXiv 1611.05397).
public final class Unreal implements Agent<Costs> {

    private final Network network;

    private Unreal(Network network) {
        this.network = network;
    }

    /// @param folder of the experiment file; nothing is read from it
    /// @param population how many members there are to be
    public static Trainer.Factory read(Setting.Mapping mapping, Path folder, int population) {
        var fields = Fields.of(mapping, "the trainer 'unreal'");
        fields.need("zoo");
        var settings = Settings.read(fields);
        if (!fits(settings.level())) {
            var world = fields.need("world");
            throw world.wrong(world.asText(), "a world of pixels: " + String.join(", ", words()));
        }
        var tasks = Tasks.read(fields);
        fields.end();
        return Agents.members(settings, of(settings, tasks), population);
    }

    static Unreal of(Settings settings, Tasks tasks) {
        return new Unreal(Network.of(settings.world(), tasks));
    }

    /// Whether the network can see what there is, and do it.
    private static boolean fits(Level level) {
        var world = level.world();
        return !(world instanceof Targeted)
                && Math.min(world.shape().height(), world.shape().width()) >= Vision.LEAST;
    }

    private static List<String> words() {
        return Levels.all().stream().filter(Unreal::fits).map(Level::word).toList();
    }

    @Override
    public String name() {
        return "unreal";
    }

    @Override
    public RecurrentNetwork network() {
        return network;
    }

    @Override
    public Costs values(Asked asked) {
        return Costs.of(asked);
    }

    @Override
    public Lesson lesson(Costs costs, double discount, Randomness random) {
        return new Curriculum(network, costs, discount, random);
    }
}
