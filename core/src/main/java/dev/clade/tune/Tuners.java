package dev.clade.tune;

import dev.clade.population.Specification;

/// A provider of tuners for the experiment file's `tuner:`, found by [java.util.ServiceLoader].
public interface Tuners {

    /// The word that selects it.
    String word();

    /// The tuner that an experiment describes. Faults carry the place of the setting that is wrong.
    Tuner read(Specification specification);
}
