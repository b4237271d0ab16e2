package dev.clade.bench.digits;

import dev.clade.settings.Setting;
import java.util.Map;

/// Who is compared. All arms have one experiment file, so one space, population, budget, rhythm of evaluations and
/// finals, and with equal seeds the same initial draws; here is all that differs.
enum Arm {
    /// As the file says.
    PBT("PBT"),
    /// Random search: nobody copies, nobody changes.
    RANDOM("random search"),
    /// Random search whose learning rate falls from the drawn one to 0 over the budget, on half a cosine.
    COSINE("random search, cosine decay");

    private final String title;

    Arm(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /// This arm's experiment.
    ///
    /// @param file the settings of all
    Setting.Mapping of(Setting.Mapping file, long seed) {
        var seeded = file.with("seed", Setting.word(Long.toString(seed)));
        return switch (this) {
            case PBT -> seeded;
            case RANDOM -> still(seeded);
            case COSINE -> still(seeded).with("trainer", decaying(seeded));
        };
    }

    private static Setting.Mapping still(Setting.Mapping settings) {
        return settings.with("exploit", Setting.word("none")).with("explore", Setting.word("none"));
    }

    private static Setting decaying(Setting.Mapping settings) {
        var steps = mapping(settings, "budget").entries().get("steps");
        return mapping(settings, "trainer")
                .with("schedule", Setting.map(Map.of("cosine", java.util.Objects.requireNonNull(steps))));
    }

    private static Setting.Mapping mapping(Setting.Mapping settings, String name) {
        return java.util.Objects.requireNonNull(settings.entries().get(name)).asMapping();
    }
}
