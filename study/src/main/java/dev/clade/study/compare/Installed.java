package dev.clade.study.compare;

import dev.clade.population.Specification;
import dev.clade.tune.Tuner;
import java.util.Set;

/// The tuners that are installed.
public interface Installed {

    boolean has(String word);

    /// Which parts of PBT count for a tuner.
    ///
    /// @throws dev.clade.fault.Fault 1302 if it is not installed
    Set<String> parts(String word);

    /// The tuner that settings name.
    Tuner tuner(Specification specification);
}
