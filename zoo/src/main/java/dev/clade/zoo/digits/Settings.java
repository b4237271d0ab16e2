package dev.clade.zoo.digits;

import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.zoo.member.Sharing;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// What an experiment file says under `trainer`.
///
/// @param data the folder of the data
/// @param validation how much of the training file is held out, in `(0, 1)`
/// @param batch images in an update
/// @param schedule of the learning rate
/// @param network which
record Settings(Path data, double validation, int batch, Schedule schedule, Network network, Sharing sharing) {

    /// Beside the experiment file.
    static final String DATA = "digits";

    /// Ours. More of it makes evaluations finer and training harder.
    static final double VALIDATION = 0.2;

    /// Ours: small enough that the learning rate matters, large enough that an update is arithmetic and not
    /// overhead.
    static final int BATCH = 64;

    static Settings read(Setting.Mapping mapping, Path folder) {
        var fields = Fields.of(mapping, "the trainer 'digits'");
        fields.need("zoo");
        var data = fields.find("data").map(setting -> path(setting, folder)).orElseGet(() -> folder.resolve(DATA));
        double validation = fields.find("validation")
                .map(setting -> setting.asReal(0.01, 0.99))
                .orElse(VALIDATION);
        int batch = fields.find("batch").map(setting -> setting.asCount(1)).orElse(BATCH);
        var schedule = fields.find("schedule").map(Schedule::read).orElse(new Schedule.Constant());
        var network = fields.find("network").map(Settings::network).orElseGet(Convolutional::new);
        var sharing = Sharing.read(fields);
        fields.end();
        return new Settings(data, validation, batch, schedule, network, sharing);
    }

    private static Network network(Setting setting) {
        return switch (setting.asText()) {
            case "conv" -> new Convolutional();
            case "mlp" -> new Perceptron();
            default -> throw setting.wrong(setting.asText(), "conv or mlp");
        };
    }

    private static Path path(Setting setting, Path folder) {
        try {
            return folder.resolve(setting.asText());
        } catch (InvalidPathException e) {
            throw setting.wrong(setting.asText(), "a folder").causedBy(e);
        }
    }
}
