package dev.clade.tune;

import dev.clade.population.Specification;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import java.util.Map;
import java.util.Set;

/// A provider of tuners for the experiment file's `tuner:`, found by [java.util.ServiceLoader].
public interface Tuners {

    /// The word that selects it.
    String word();

    /// The tuner that an experiment describes. Faults carry the place of the setting that is wrong.
    Tuner read(Specification specification);

    /// Which of the settings `ready`, `scores`, `exploit`, `explore`, `inherit` and `greed` count for it.
    default Set<String> parts() {
        return Set.of("ready");
    }

    /// The settings of its own, as in `tuner: {asha: {eta: 4}}`; none of them where only its word is given.
    default Fields settings(Specification specification) {
        return specification.settings().entries().get("tuner") instanceof Setting.Mapping map
                        && map.entries().get(word()) != null
                ? Fields.of(map.entries().get(word()), "the tuner '" + word() + "'")
                : Fields.of(Setting.map(Map.of()), "the tuner '" + word() + "'");
    }
}
