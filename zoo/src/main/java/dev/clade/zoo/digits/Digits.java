package dev.clade.zoo.digits;

import dev.clade.settings.Setting;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.member.Members;
import dev.clade.zoo.member.Model;
import dev.clade.zoo.member.Models;
import dev.clade.zoo.member.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The workload of `trainer: {zoo: digits}`.
public final class Digits implements Workload<Segment> {

    private final Settings settings;
    private Optional<Data> data = Optional.empty();

    private Digits(Settings settings) {
        this.settings = settings;
    }

    /// @param folder of the experiment file
    /// @param population how many members there are to be
    public static Trainer.Factory read(Setting.Mapping mapping, Path folder, int population) {
        var settings = Settings.read(mapping, folder);
        return new Members<>(new Digits(settings), settings.sharing(), population);
    }

    /// @throws dev.clade.fault.Fault 3303 without data, 3304 for a line that is no image
    @Override
    public Model<Segment> model() throws IOException {
        return new DigitsModel(data(), settings.network(), settings.batch(), settings.schedule());
    }

    @Override
    public Models<Segment> models(int count) throws IOException {
        return new DigitsModels(data(), settings.network(), settings.batch(), settings.schedule(), count);
    }

    private synchronized Data data() throws IOException {
        if (data.isEmpty()) {
            data = Optional.of(Data.read(settings.data(), settings.validation()));
        }
        return data.get();
    }
}
