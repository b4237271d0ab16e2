package dev.clade.zoo.gan;

import dev.clade.settings.Setting;
import dev.clade.trainer.Capability;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.images.Dataset;
import dev.clade.zoo.member.Solo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// Makes trainers of `trainer: {zoo: gan}`. All of a process share one copy of the images and one pair of
/// classifiers.
public final class Gan implements Trainer.Factory {

    private final Settings settings;
    private Optional<Task> task = Optional.empty();

    private Gan(Settings settings) {
        this.settings = settings;
    }

    /// @param folder of the experiment file
    /// @param population how many members there are; with `lanes: auto` each processor has its share of them
    public static Gan read(Setting.Mapping settings, Path folder, int population) {
        return new Gan(Settings.read(settings, folder));
    }

    /// @throws dev.clade.fault.Fault 3301 without a native library, 3303 or 3320 without images, 3304, 3321
    /// or 3322 for files that are not what they should be, 3323 for images that the networks do not fit
    @Override
    public Trainer create(Place place) throws IOException {
        return new Solo<>(new GanModel(task()), place.threads());
    }

    private synchronized Task task() throws IOException {
        if (task.isEmpty()) {
            var data = Dataset.read(settings.data(), settings.images(), Task.NAME);
            task = Optional.of(
                    new Task(data, new Judges(data), settings.objective(), settings.batch(), settings.samples()));
        }
        return task.get();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.BLEND, Capability.MIDWAY, Capability.BITWISE);
    }
}
