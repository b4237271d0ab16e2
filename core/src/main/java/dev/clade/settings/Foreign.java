package dev.clade.settings;

import java.util.Map;
import java.util.Optional;

/// The words that other tools use, and what to write here instead: an exact mend, never a guess.
final class Foreign {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("num_samples", "write 'population: %s'."),
            Map.entry("population_size", "write 'population: %s'."),
            Map.entry("pop_size", "write 'population: %s'."),
            Map.entry("num_policies", "write 'population: %s'."),
            Map.entry("perturbation_interval", "write 'ready: {every: %s}'."),
            Map.entry("ready_interval", "write 'ready: {every: %s}'."),
            Map.entry("interval_steps", "write 'ready: {every: %s}'."),
            Map.entry("burn_in_period", "write 'ready: {every: ..., burn_in: %s}'."),
            Map.entry("quantile_fraction", "write 'exploit: {truncation: %s}'."),
            Map.entry("truncation_threshold", "write 'exploit: {truncation: %s}'."),
            Map.entry("resample_probability", "write 'explore: {perturb: [0.8, 1.25], resample: %s}'."),
            Map.entry("perturbation_factors", "write 'explore: {perturb: %s}'."),
            Map.entry("hyperparam_mutations", "write the ranges under 'parameters'."),
            Map.entry("param_space", "write the ranges under 'parameters'."),
            Map.entry("search_space", "write the ranges under 'parameters'."),
            Map.entry("searchSpace", "write the ranges under 'parameters'."),
            Map.entry("max_t", "write 'budget: {steps: %s}'."),
            Map.entry("max_steps", "write 'budget: {steps: %s}'."),
            Map.entry("max_concurrent", "write 'slots: %s'."),
            Map.entry("max_concurrent_trials", "write 'slots: %s'."),
            Map.entry("trialConcurrency", "write 'slots: %s'."),
            Map.entry("n_workers", "write 'slots: %s'."),
            Map.entry("time_attr", "write 'unit: %s'."),
            Map.entry("synch", "write 'synchronous: %s'."),
            Map.entry("goal", "write 'mode: max' or 'mode: min'."),
            Map.entry("command", "write 'trainer: {command: %s}'."));

    private Foreign() {}

    static Optional<String> word(String name, String value) {
        if (name.equals("direction") || name.equals("optimize_mode")) {
            var mode = value.startsWith("max") ? "max" : value.startsWith("min") ? "min" : "max' or 'mode: min";
            return Optional.of("write 'mode: " + mode + "'.");
        }
        return Optional.ofNullable(WORDS.get(name)).map(mend -> mend.formatted(value));
    }
}
