package dev.clade.run.session;

import dev.clade.population.Metric;
import dev.clade.population.Specification;
import dev.clade.run.session.Message.Welcome;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Parameter.Change;
import dev.clade.space.Value;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a program is told of the experiment.
///
/// @param metrics those that evaluations must have
/// @param changes what a new value asks for, by parameter
record Terms(String experiment, List<String> metrics, String unit, SortedMap<String, Change> changes) {

    /// This program's version, as programs are told.
    static final String CLADE = "0.1.0";

    static Terms of(Specification specification) {
        var changes = new TreeMap<String, Change>();
        for (Parameter parameter : specification.space().parameters()) {
            changes.put(parameter.name(), parameter.change());
        }
        return new Terms(
                specification.name(),
                specification.objectives().stream().map(Metric::name).toList(),
                specification.unit(),
                changes);
    }

    Welcome welcome(int slot, int lanes) {
        return new Welcome(Codec.VERSION, CLADE, experiment, slot, lanes, metrics, unit, changes);
    }

    /// Whether a new value of this asks for new objects.
    private boolean structural(String name) {
        var change = changes.get(name);
        return change == Change.REBUILD || change == Change.NEVER;
    }

    boolean structural(Collection<String> names) {
        return names.stream().anyMatch(this::structural);
    }

    /// The values that objects are built from.
    SortedMap<String, Value> structure(Hyperparameters values) {
        var structure = new TreeMap<>(values.active());
        structure.keySet().removeIf(name -> !structural(name));
        return structure;
    }

    /// The parameters whose values objects are built from.
    SortedSet<String> structure() {
        var names = new TreeSet<>(changes.keySet());
        names.removeIf(name -> !structural(name));
        return names;
    }
}
