package dev.clade.zoo.digits;

import dev.clade.settings.Setting;
import dev.clade.trainer.Capability;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.member.Crew;
import dev.clade.zoo.member.CrewSize;
import dev.clade.zoo.member.Solo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Makes trainers of `trainer: {zoo: digits}`. All of a process share one copy of the data, read when the first
/// is made.
public final class Digits implements Trainer.Factory {

    private final Settings settings;
    private final int population;
    private Optional<Data> data = Optional.empty();
    private OptionalInt width;

    private Digits(Settings settings, int population) {
        this.settings = settings;
        this.population = population;
        width = settings.lanes();
    }

    /// @param folder of the experiment file
    /// @param population how many members there are; with `lanes: auto` each processor has its share of them
    public static Digits read(Setting.Mapping settings, Path folder, int population) {
        return new Digits(Settings.read(settings, folder), population);
    }

    /// @throws dev.clade.fault.Fault 3301 without a native library, 3303 without data, 3304 for a line that is no
    /// image
    @Override
    public Trainer create(Place place) throws IOException {
        return new Solo<>(
                new DigitsModel(data(), settings.network(), settings.batch(), settings.schedule()), place.threads());
    }

    /// As many lanes as the settings say, or as are fastest.
    @Override
    public Lanes lanes(Place place) throws IOException {
        return lanes(place, width(place));
    }

    private Lanes lanes(Place place, int width) throws IOException {
        return width == 1
                ? Lanes.of(create(place))
                : new Crew<>(
                        new DigitsModels(data(), settings.network(), settings.batch(), settings.schedule(), width),
                        place.threads());
    }

    /// Measured once: other slots wait, so that nobody disturbs it.
    private synchronized int width(Place place) throws IOException {
        if (width.isEmpty()) {
            int others = Math.max(1, Runtime.getRuntime().availableProcessors() / place.threads());
            width = OptionalInt.of(CrewSize.fastest(some -> lanes(place, some), Math.ceilDiv(population, others)));
        }
        return width.getAsInt();
    }

    private synchronized Data data() throws IOException {
        if (data.isEmpty()) {
            data = Optional.of(Data.read(settings.data(), settings.validation()));
        }
        return data.get();
    }

    /// In lanes the bits of a member depend on its neighbours, by roundings.
    @Override
    public Set<Capability> capabilities() {
        return settings.lanes().equals(OptionalInt.of(1))
                ? Set.of(Capability.BLEND, Capability.LANES, Capability.MIDWAY, Capability.BITWISE)
                : Set.of(Capability.BLEND, Capability.LANES, Capability.MIDWAY);
    }
}
