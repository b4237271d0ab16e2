package dev.clade.zoo.translation;

import dev.clade.settings.Setting;
import dev.clade.trainer.Capability;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.member.Solo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// Makes trainers of `trainer: {zoo: translation}`. All of a process share one copy of the data and one
/// vocabulary, read and learned when the first is made.
public final class Translation implements Trainer.Factory {

    private final Settings settings;
    private Optional<Data> data = Optional.empty();

    private Translation(Settings settings) {
        this.settings = settings;
    }

    /// @param folder of the experiment file
    public static Translation read(Setting.Mapping settings, Path folder) {
        return new Translation(Settings.read(settings, folder));
    }

    /// @throws dev.clade.fault.Fault 3301 without a native library, 3340 without data, 3341 to 3343 for
    /// data that cannot be used
    @Override
    public Trainer create(Place place) throws IOException {
        return new Solo<>(new TranslationModel(data(), settings.shape(), settings.batch()), place.threads());
    }

    private synchronized Data data() throws IOException {
        if (data.isEmpty()) {
            data = Optional.of(Data.read(settings));
        }
        return data.get();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.BLEND, Capability.MIDWAY, Capability.BITWISE);
    }
}
