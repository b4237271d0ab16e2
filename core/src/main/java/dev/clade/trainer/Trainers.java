package dev.clade.trainer;

import dev.clade.settings.Setting;
import java.nio.file.Path;
import java.util.SortedSet;

/// A provider of trainers for the experiment file's `trainer:`, found by [java.util.ServiceLoader].
public interface Trainers {

    /// The word that selects this provider: the first key of the mapping (`toy`, `zoo`).
    String word();

    /// The names that may follow the word (`quadratic`, `digits`).
    SortedSet<String> names();

    /// The trainer that settings name. Faults carry the place of the setting that is wrong.
    ///
    /// @param settings the whole mapping under `trainer`
    /// @param folder the experiment file's folder, for relative paths
    Trainer.Factory read(Setting.Mapping settings, Path folder);

    /// The same, for trainers that need to know for what.
    ///
    /// @param experiment the whole file
    default Trainer.Factory read(Setting.Mapping settings, Path folder, Setting.Mapping experiment) {
        return read(settings, folder);
    }
}
