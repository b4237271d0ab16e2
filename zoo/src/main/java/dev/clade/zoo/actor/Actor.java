package dev.clade.zoo.actor;

import dev.clade.settings.Setting;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.member.Members;
import dev.clade.zoo.member.Model;
import dev.clade.zoo.member.Models;
import dev.clade.zoo.member.Workload;
import java.nio.file.Path;

/// The workload of `trainer: {zoo: actor}`.
public final class Actor implements Workload<Segment> {

    private final Settings settings;

    private Actor(Settings settings) {
        this.settings = settings;
    }

    /// @param folder of the experiment file; nothing is read from it
    /// @param population how many members there are to be
    public static Trainer.Factory read(Setting.Mapping mapping, Path folder, int population) {
        var settings = Settings.read(mapping);
        return new Members<>(new Actor(settings), settings.sharing(), population);
    }

    @Override
    public Model<Segment> model() {
        return new ActorModel(settings);
    }

    @Override
    public Models<Segment> models(int count) {
        return new ActorModels(settings, count);
    }
}
