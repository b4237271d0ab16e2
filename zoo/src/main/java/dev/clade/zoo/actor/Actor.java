package dev.clade.zoo.actor;

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
import java.util.OptionalInt;
import java.util.Set;

/// Makes trainers of `trainer: {zoo: actor}`.
public final class Actor implements Trainer.Factory {

    private final Settings settings;
    private final int population;
    private OptionalInt width;

    private Actor(Settings settings, int population) {
        this.settings = settings;
        this.population = population;
        width = settings.lanes();
    }

    /// @param folder of the experiment file; nothing is read from it
    /// @param population how many members there are; with `lanes: auto` each processor has its share of them
    public static Actor read(Setting.Mapping settings, Path folder, int population) {
        return new Actor(Settings.read(settings), population);
    }

    /// @throws dev.clade.fault.Fault 3301 without a native library
    @Override
    public Trainer create(Place place) {
        return new Solo<>(new ActorModel(settings), place.threads());
    }

    /// As many lanes as the settings say, or as are fastest.
    @Override
    public Lanes lanes(Place place) throws IOException {
        return lanes(place, width(place));
    }

    private Lanes lanes(Place place, int width) {
        return width == 1 ? Lanes.of(create(place)) : new Crew<>(new ActorModels(settings, width), place.threads());
    }

    /// Measured once: other slots wait, so that nobody disturbs it.
    private synchronized int width(Place place) throws IOException {
        if (width.isEmpty()) {
            int others = Math.max(1, Runtime.getRuntime().availableProcessors() / place.threads());
            width = OptionalInt.of(CrewSize.fastest(some -> lanes(place, some), Math.ceilDiv(population, others)));
        }
        return width.getAsInt();
    }

    /// In lanes the bits of a member depend on its neighbours, by roundings.
    @Override
    public Set<Capability> capabilities() {
        return settings.lanes().equals(OptionalInt.of(1))
                ? Set.of(Capability.BLEND, Capability.LANES, Capability.MIDWAY, Capability.BITWISE)
                : Set.of(Capability.BLEND, Capability.LANES, Capability.MIDWAY);
    }
}
