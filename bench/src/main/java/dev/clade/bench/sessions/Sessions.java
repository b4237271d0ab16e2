package dev.clade.bench.sessions;

import dev.clade.app.file.ExperimentFile;
import dev.clade.app.wire.Wiring;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// What a Python program costs as a member: a copy in a warm session against a cold start of the same program, and a
/// report from `segment.report()` to the store:
///
/// ```
/// bench/run sessions [PYTHON]      a Python with numpy and scikit-learn (default: python3)
/// ```
public final class Sessions {

    private static final int SLOTS = 8;
    private static final String STEPS = "200_000";

    private Sessions() {}

    public static void main(String[] words) throws IOException, InterruptedException {
        var python = words.length == 0 ? "python3" : words[0];
        var folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "sessions");
        try {
            var copies = specification(python, "session_copies.py", 1);
            new Copies(copies, Wiring.trainer(copies, folder)).print(folder, System.out);
            for (int slots : new int[] {1, SLOTS}) {
                var reports = specification(python, "session_reports.py", slots);
                var place = Files.createDirectory(folder.resolve("reports-" + slots));
                Reports.print(reports, Wiring.trainer(reports, place), slots, place, System.out);
            }
        } finally {
            try (var walk = Files.walk(folder)) {
                for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private static Specification specification(String python, String script, int population) {
        var settings = ExperimentFile.parse("""
                name: sessions
                metric: score
                population: %d
                budget: {steps: %s}
                ready: {every: 50_000}
                exploit: none
                final: {candidates: 1, repeats: 1}
                parameters: {lr: {loguniform: [1e-3, 1e-1]}}
                trainer: {session: [PYTHON, SCRIPT]}
                """.formatted(population, STEPS), "sessions");
        var here = Path.of("").toAbsolutePath();
        var program = Setting.list(List.of(
                Setting.text(python),
                Setting.text(here.resolve("bench/python").resolve(script).toString())));
        var path = Setting.map(
                "PYTHONPATH", Setting.text(here.resolve("python/src").toString()));
        return Specification.read(settings.with("trainer", Setting.map("session", program))
                .with("environment", Setting.map("set", path)));
    }
}
