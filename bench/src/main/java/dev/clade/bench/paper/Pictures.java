package dev.clade.bench.paper;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is drawn of all experiments.
///
/// @param against the arm that the others are compared with
record Pictures(Results results, Arm against) {

    /// SVG files by name.
    SortedMap<String, String> files() {
        var files = new TreeMap<String, String>();
        files.put("curves.svg", new CurvesPicture(results).file());
        for (var measure : results.measures()) {
            var name = "arms-" + measure.metric().replaceAll("[^A-Za-z0-9_-]", "_") + ".svg";
            files.putIfAbsent(name, new ArmsPicture(results, against, measure).file());
        }
        results.arms().stream()
                .filter(arm -> !arm.follows())
                .forEach(arm -> files.put("schedules-" + arm + ".svg", new SchedulesPicture(results, arm).file()));
        results.arms().forEach(arm -> lineage(arm).ifPresent(svg -> files.put("lineage-" + arm + ".svg", svg)));
        return files;
    }

    /// Of an arm's first experiment in which somebody copied.
    private Optional<String> lineage(Arm arm) {
        for (var experiment : results.of(arm).entrySet()) {
            var descent = experiment.getValue().descent().filter(Descent::copied);
            if (descent.isPresent()) {
                var title = results.specification().name() + ": who descends from whom, " + arm + ", seed "
                        + experiment.getKey();
                return Optional.of(
                        new LineagePicture(title, results.specification().unit(), descent.get()).file());
            }
        }
        return Optional.empty();
    }
}
