package dev.clade.zoo.digits;

import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalInt;

/// What an experiment file says under `trainer`.
///
/// @param data the folder of the data
/// @param validation how much of the training file is held out, in `(0, 1)`
/// @param batch images in an update
/// @param schedule of the learning rate
/// @param network which
/// @param lanes how many members one program trains; as many as are fastest where it is empty
record Settings(Path data, double validation, int batch, Schedule schedule, Network network, OptionalInt lanes) {

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
        var lanes = fields.find("lanes").map(Settings::lanes).orElse(OptionalInt.of(1));
        fields.find("device").filter(device -> !device.asText().equals("cpu")).ifPresent(device -> {
            throw device.wrong(device.asText(), "cpu: the zoo is built with the library for processors only");
        });
        fields.end();
        return new Settings(data, validation, batch, schedule, network, lanes);
    }

    private static Network network(Setting setting) {
        return switch (setting.asText()) {
            case "conv" -> new Convolutional();
            case "mlp" -> new Perceptron();
            default -> throw setting.wrong(setting.asText(), "conv or mlp");
        };
    }

    private static OptionalInt lanes(Setting setting) {
        return setting instanceof Setting.Scalar && setting.asText().equals("auto")
                ? OptionalInt.empty()
                : OptionalInt.of(setting.asCount(1));
    }

    private static Path path(Setting setting, Path folder) {
        try {
            return folder.resolve(setting.asText());
        } catch (InvalidPathException e) {
            throw setting.wrong(setting.asText(), "a folder").causedBy(e);
        }
    }
}
