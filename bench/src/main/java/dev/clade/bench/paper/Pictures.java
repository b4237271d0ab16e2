package dev.clade.bench.paper;

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
        return files;
    }
}
