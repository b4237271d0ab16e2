package dev.clade.zoo.gan;

import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.zoo.images.Kind;
import dev.clade.zoo.member.Sharing;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// What an experiment file says under `trainer`.
///
/// @param data the folder of the images
/// @param images what they are; what lies there where it is empty
/// @param objective which
/// @param batch images in an update
/// @param samples images in an evaluation, a multiple of [Measuring#PARTS]
record Settings(Path data, Optional<Kind> images, Objective objective, int batch, int samples, Sharing sharing) {

    /// Beside the experiment file.
    static final String DATA = "digits";

    /// Ours. The paper's objective is used with 64; half of it halves the time of a step.
    static final int BATCH = 32;

    /// Ours: a tenth of what is usual, so that evaluations are a small part of the time.
    static final int SAMPLES = 2_000;

    static Settings read(Setting.Mapping mapping, Path folder) {
        var fields = Fields.of(mapping, "the trainer 'gan'");
        fields.need("zoo");
        var data = fields.find("data").map(setting -> path(setting, folder)).orElseGet(() -> folder.resolve(DATA));
        var images = fields.find("images").map(Settings::kind);
        var objective = fields.find("objective").map(Settings::objective).orElse(Objective.WGAN_GP);
        int batch = fields.find("batch").map(setting -> setting.asCount(1)).orElse(BATCH);
        int samples = fields.find("samples").map(Settings::samples).orElse(SAMPLES);
        var sharing = Sharing.read(fields);
        fields.end();
        return new Settings(data, images, objective, batch, samples, sharing);
    }

    private static Kind kind(Setting setting) {
        return Kind.of(setting.asText()).orElseThrow(() -> setting.wrong(setting.asText(), Kind.words()));
    }

    private static Objective objective(Setting setting) {
        return Arrays.stream(Objective.values())
                .filter(objective -> objective.word().equals(setting.asText()))
                .findFirst()
                .orElseThrow(() -> setting.wrong(setting.asText(), String.join(" or ", Objective.words())));
    }

    private static int samples(Setting setting) {
        int samples = setting.asCount(2 * Measuring.PARTS);
        if (samples % Measuring.PARTS != 0) {
            throw setting.wrong(setting.asText(), "a multiple of " + Measuring.PARTS);
        }
        return samples;
    }

    private static Path path(Setting setting, Path folder) {
        try {
            return folder.resolve(setting.asText());
        } catch (InvalidPathException e) {
            throw setting.wrong(setting.asText(), "a folder").causedBy(e);
        }
    }
}
