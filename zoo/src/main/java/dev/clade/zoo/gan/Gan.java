package dev.clade.zoo.gan;

import dev.clade.settings.Setting;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.images.Dataset;
import dev.clade.zoo.member.Members;
import dev.clade.zoo.member.Model;
import dev.clade.zoo.member.Models;
import dev.clade.zoo.member.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The workload of `trainer: {zoo: gan}`. All members of a process share one copy of the images and one pair of
/// classifiers.
public final class Gan implements Workload<Segment> {

    private final Settings settings;
    private Optional<Task> task = Optional.empty();

    private Gan(Settings settings) {
        this.settings = settings;
    }

    /// @param folder of the experiment file
    /// @param population how many members there are to be
    public static Trainer.Factory read(Setting.Mapping mapping, Path folder, int population) {
        var settings = Settings.read(mapping, folder);
        return new Members<>(new Gan(settings), settings.sharing(), population);
    }

    /// @throws dev.clade.fault.Fault 3303 or 3320 without images, 3304, 3321 or 3322 for files that are not what they
    /// should be, 3323 for images that the networks do not fit
    @Override
    public Model<Segment> model() throws IOException {
        return new GanModel(task());
    }

    @Override
    public Models<Segment> models(int count) throws IOException {
        return new GanModels(task(), count);
    }

    private synchronized Task task() throws IOException {
        if (task.isEmpty()) {
            var data = Dataset.read(settings.data(), settings.images(), Task.NAME);
            task = Optional.of(
                    new Task(data, new Judges(data), settings.objective(), settings.batch(), settings.samples()));
        }
        return task.get();
    }
}
