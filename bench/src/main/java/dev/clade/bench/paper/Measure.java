package dev.clade.bench.paper;

import dev.clade.population.Metric;
import dev.clade.population.Specification;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Something that is measured of a winner.
///
/// @param reported by the report, which no decision saw; else afresh in the finals
/// @param mode which end is the better, where the experiment says so
record Measure(String metric, boolean reported, Optional<Metric.Mode> mode) {

    /// What results have: the metric of selection first, then that of the report, then all else that it measures.
    static List<Measure> of(Specification specification, Collection<Result> results) {
        var selection = specification.metric();
        var measures = new ArrayList<>(List.of(new Measure(selection.name(), false, Optional.of(selection.mode()))));
        specification.report().ifPresent(r -> measures.add(new Measure(r.name(), true, Optional.of(r.mode()))));
        var names = new TreeSet<String>();
        results.forEach(r -> names.addAll(r.reported().keySet()));
        names.stream()
                .filter(name -> measures.stream().noneMatch(m -> m.reported && m.metric.equals(name)))
                .forEach(name -> measures.add(new Measure(name, true, Optional.empty())));
        return List.copyOf(measures);
    }

    Optional<Double> of(Result result) {
        return Optional.ofNullable((reported ? result.reported() : result.measured()).get(metric));
    }

    /// Positive where more is better, or where nobody says what is.
    double oriented(double value) {
        return mode.filter(Metric.Mode.MIN::equals).isPresent() ? -value : value;
    }

    String title() {
        return metric + (reported ? ", reported" : ", selected by, afresh");
    }
}
