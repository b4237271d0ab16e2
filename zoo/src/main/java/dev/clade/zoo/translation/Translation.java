package dev.clade.zoo.translation;

import dev.clade.settings.Setting;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.member.Members;
import dev.clade.zoo.member.Model;
import dev.clade.zoo.member.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The workload of `trainer: {zoo: translation}`.
public final class Translation implements Workload<Segment> {

    private final Settings settings;
    private Optional<Data> data = Optional.empty();

    private Translation(Settings settings) {
        this.settings = settings;
    }

    /// @param folder of the experiment file
    /// @param population how many members there are to be
    public static Trainer.Factory read(Setting.Mapping mapping, Path folder, int population) {
        var settings = Settings.read(mapping, folder);
        return new Members<>(new Translation(settings), settings.sharing(), population);
    }

    /// @throws dev.clade.fault.Fault 3340 without data, 3341 to 3343 for data that cannot be used
    @Override
    public Model<Segment> model() throws IOException {
        return new TranslationModel(data(), settings.shape(), settings.batch());
    }

    private synchronized Data data() throws IOException {
        if (data.isEmpty()) {
            data = Optional.of(Data.read(settings));
        }
        return data.get();
    }
}
