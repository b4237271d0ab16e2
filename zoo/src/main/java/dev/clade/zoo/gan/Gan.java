package dev.clade.zoo.gan;

import dev.clade.settings.Setting;
import dev.clade.trainer.Capability;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.images.Dataset;
import dev.clade.zoo.member.Crew;
import dev.clade.zoo.member.CrewSize;
import dev.clade.zoo.member.Solo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Makes trainers of `trainer: {zoo: gan}`. All of a process share one copy of the images and one pair of
/// classifiers.
public final class Gan implements Trainer.Factory {

    private final Settings settings;
    private final int population;
    private Optional<Task> task = Optional.empty();
    private OptionalInt width;

    private Gan(Settings settings, int population) {
        this.settings = settings;
        this.population = population;
        width = settings.lanes();
    }

    /// @param folder of the experiment file
    /// @param population how many members there are; with `lanes: auto` each processor has its share of them
    public static Gan read(Setting.Mapping settings, Path folder, int population) {
        return new Gan(Settings.read(settings, folder), population);
    }

    /// @throws dev.clade.fault.Fault 3301 without a native library, 3303 or 3320 without images, 3304, 3321
    /// or 3322 for files that are not what they should be, 3323 for images that the networks do not fit
    @Override
    public Trainer create(Place place) throws IOException {
        return new Solo<>(new GanModel(task()), place.threads());
    }

    /// As many lanes as the settings say, or as are fastest.
    @Override
    public Lanes lanes(Place place) throws IOException {
        return lanes(place, width(place));
    }

    private Lanes lanes(Place place, int width) throws IOException {
        return width == 1 ? Lanes.of(create(place)) : new Crew<>(new GanModels(task(), width), place.threads());
    }

    /// Measured once: other slots wait, so that nobody disturbs it.
    private synchronized int width(Place place) throws IOException {
        if (width.isEmpty()) {
            int others = Math.max(1, Runtime.getRuntime().availableProcessors() / place.threads());
            width = OptionalInt.of(CrewSize.fastest(some -> lanes(place, some), Math.ceilDiv(population, others)));
        }
        return width.getAsInt();
    }

    private synchronized Task task() throws IOException {
        if (task.isEmpty()) {
            var data = Dataset.read(settings.data(), settings.images(), Task.NAME);
            task = Optional.of(
                    new Task(data, new Judges(data), settings.objective(), settings.batch(), settings.samples()));
        }
        return task.get();
    }

    /// In lanes the bits of a member depend on its neighbours, by roundings.
    @Override
    public Set<Capability> capabilities() {
        return settings.lanes().equals(OptionalInt.of(1))
                ? Set.of(Capability.BLEND, Capability.LANES, Capability.MIDWAY, Capability.BITWISE)
                : Set.of(Capability.BLEND, Capability.LANES, Capability.MIDWAY);
    }
}
