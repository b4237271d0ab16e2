package dev.clade.app.cli;

import dev.clade.population.Metric;
import dev.clade.population.Metric.Mode;
import dev.clade.population.Segment;
import dev.clade.study.replay.Arm;
import dev.clade.study.replay.Outcome;
import dev.clade.study.replay.Replay;
import dev.clade.study.replay.Scores;
import dev.clade.study.statistics.Estimate;
import dev.clade.study.statistics.Interval;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What came of a replay, for people and for programs.
///
/// @param seen the experiment whose schedule it is
/// @param planned what was trained
/// @param failures of arms, as faults
/// @param folder that has the smoothed schedule
record ReplayReport(
        Seen seen,
        Replay replay,
        Outcome outcome,
        List<ReplayCommand.Planned> planned,
        Map<Arm, String> failures,
        Path folder) {

    /// The files of the smoothed schedule.
    static final Map<ScheduleCommand.Form, String> SCHEDULES = files();

    static final String DATA = "replay.json";

    private static Map<ScheduleCommand.Form, String> files() {
        var files = new LinkedHashMap<ScheduleCommand.Form, String>();
        files.put(ScheduleCommand.Form.YAML, "schedule.yaml");
        files.put(ScheduleCommand.Form.PYTORCH, "schedule_pytorch.py");
        files.put(ScheduleCommand.Form.OPTAX, "schedule_optax.py");
        files.put(ScheduleCommand.Form.KERAS, "schedule_keras.py");
        return files;
    }

    /// A difference that is shown.
    private record Compared(String what, Optional<Estimate> by) {}

    private List<Compared> compared() {
        return List.of(
                new Compared("schedule - final", outcome.better(Arm.SCHEDULE, Arm.FINAL)),
                new Compared("schedule - initial", outcome.better(Arm.SCHEDULE, Arm.INITIAL)),
                new Compared("schedule - knots", outcome.better(Arm.SCHEDULE, Arm.KNOTS)),
                new Compared("winner - schedule", outcome.shortfall(Arm.SCHEDULE)));
    }

    private Metric metric() {
        return seen.specification().metric();
    }

    private Scores scores(Arm arm) {
        return Objects.requireNonNull(outcome.arms().get(arm));
    }

    private String experiment(Arm arm) {
        var trained = replay.trained(arm);
        return planned.stream()
                .filter(p -> p.arm() == trained)
                .map(ReplayCommand.Planned::name)
                .findFirst()
                .orElseThrow();
    }

    // ---- for people

    void print(PrintWriter out) {
        out.printf(
                "%nThe schedule of '%s' from new weights: %s, %d %ss each%n%n",
                seen.held().name(),
                Text.count(scores(Arm.SCHEDULE).seeds(), "seed", "seeds"),
                replay.steps(),
                seen.specification().unit());
        var arms = new Table("arm", metric().name(), "95 % interval", "seeds", "experiment");
        arms.row(
                "winner",
                Text.number(raw(outcome.winner())),
                "-",
                "-",
                seen.held().name());
        for (var arm : Arm.values()) {
            var mean = outcome.mean(arm);
            var scores = scores(arm);
            int measured = scores.bySeed().size();
            arms.row(
                    arm.word(),
                    mean.map(m -> Text.number(raw(m.value()))).orElse("-"),
                    mean.flatMap(Estimate::interval)
                            .map(this::rawInterval)
                            .map(ReplayReport::text)
                            .orElse("-"),
                    measured == scores.seeds() ? Integer.toString(measured) : measured + " of " + scores.seeds(),
                    experiment(arm));
        }
        arms.print(out, "  ");
        out.println();
        var differences = new Table("better by", metric().name(), "95 % interval");
        compared()
                .forEach(c -> differences.row(
                        c.what(),
                        c.by().map(e -> Text.number(e.value())).orElse("-"),
                        c.by().flatMap(Estimate::interval)
                                .map(ReplayReport::text)
                                .orElse("-")));
        differences.print(out, "  ");
        out.println();
        statement().forEach(out::println);
        failures.forEach((arm, why) -> out.println(arm.word() + " failed: " + why));
        out.printf(
                "%nThe smoothed schedule, %s, off by %s of the ranges: %s%n",
                Text.count(replay.knots().schedule().points().size(), "knot", "knots"),
                percent(replay.knots().error()),
                folder.resolve("schedule.yaml"));
        out.println("Beside it: "
                + String.join(", ", SCHEDULES.values().stream().skip(1).toList()) + ", " + DATA + ".");
        out.flush();
    }

    /// The answer, and what makes it weaker than it looks.
    List<String> statement() {
        var reached = "from new weights it reaches " + reaches(Arm.SCHEDULE) + ", the winner had "
                + Text.number(raw(outcome.winner()));
        var constant = outcome.constant();
        var without = "; the values that it " + (constant == Arm.FINAL ? "ends" : "begins") + " with, held throughout,"
                + " reach " + reaches(constant) + ".";
        var seeds = Text.count(scores(Arm.SCHEDULE).seeds(), "seed is", "seeds are");
        var answer = switch (outcome.verdict()) {
            case CARRIES -> "The schedule alone carries the gain: " + reached + without;
            case CARRIES_PART ->
                "The schedule alone carries a part of the gain, about "
                        + outcome.share().map(s -> Math.round(100 * s) + " %").orElse("-") + ": " + reached + without;
            case DOES_NOT -> "The schedule alone does not carry the gain: " + reached + without;
            case NO_GAIN -> "There is no gain that a schedule could carry: " + reached + without;
            case NO_SCHEDULE ->
                "There is no schedule: the hyperparameters of the winner never changed. Of them, " + reached + ".";
            case TOO_FEW -> seeds + " too few to say whether the schedule alone carries the gain: " + reached + without;
            case UNKNOWN -> "It cannot be said whether the schedule alone carries the gain: an arm has no score.";
        };
        return Stream.concat(Stream.of(answer, optimism()), lost().stream()).toList();
    }

    /// What was chosen among is not in any interval.
    private String optimism() {
        var population = seen.population();
        long copies = population.members().stream()
                .flatMap(m -> m.segments().stream())
                .filter(s -> s.source() instanceof Segment.Source.Copied)
                .count();
        long evolving = population.members().stream()
                .filter(m -> !seen.specification().control(m.id()))
                .count();
        return "The winner is the best of " + Text.count(evolving, "member", "members") + " after "
                + Text.count(copies, "copy", "copies")
                + ", each a choice of the luckier: its score is optimistic, and a single training that falls a little"
                + " short of it is no worse.";
    }

    /// Means leave out what has no score, which flatters an arm.
    private Optional<String> lost() {
        var lost = Stream.of(Arm.values())
                .filter(arm -> scores(arm).bySeed().size() < scores(arm).seeds())
                .map(arm -> (scores(arm).seeds() - scores(arm).bySeed().size()) + " of " + arm.word())
                .toList();
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of("Without a score, failed or diverged: " + String.join(", ", lost)
                        + ". The means are of the others, and so flatter them.");
    }

    private String reaches(Arm arm) {
        return outcome.mean(arm)
                .map(m -> Text.number(raw(m.value()))
                        + m.interval()
                                .map(this::rawInterval)
                                .map(i -> " " + text(i))
                                .orElse(""))
                .orElse("no score");
    }

    private double raw(double score) {
        return metric().oriented(score);
    }

    private Interval rawInterval(Interval scores) {
        return metric().mode() == Mode.MAX ? scores : scores.negated();
    }

    private static String text(Interval interval) {
        return "[" + Text.number(interval.low()) + ", " + Text.number(interval.high()) + "]";
    }

    private static String percent(double share) {
        return Text.number(Math.rint(1000 * share) / 10) + " %";
    }

    // ---- for programs

    Document document() {
        return new Document()
                .with("experiment", seen.held().name())
                .with("metric", metric().name())
                .with("mode", metric().mode().name().toLowerCase(java.util.Locale.ROOT))
                .with("unit", seen.specification().unit())
                .with("steps", replay.steps())
                .with("winner", raw(outcome.winner()))
                .with("arms", Stream.of(Arm.values()).map(this::arm).toList())
                .with(
                        "better_by",
                        compared().stream()
                                .map(c -> difference(c.what(), c.by()))
                                .toList())
                .with("knots", replay.knots().schedule().points().size())
                .with("knots_error", replay.knots().error())
                .with("verdict", outcome.verdict().name().toLowerCase(java.util.Locale.ROOT))
                .with("share_of_gain", outcome.share())
                .with("statement", String.join(" ", statement()))
                .with("folder", folder);
    }

    private Document arm(Arm arm) {
        var mean = outcome.mean(arm);
        return new Document()
                .with("arm", arm.word())
                .with("experiment", experiment(arm))
                .with("seeds", scores(arm).seeds())
                .with(
                        "scores",
                        scores(arm).bySeed().entrySet().stream()
                                .map(e -> new Document()
                                        .with("member", e.getKey())
                                        .with("score", raw(e.getValue())))
                                .toList())
                .with("mean", mean.map(m -> raw(m.value())))
                .with("interval95", mean.flatMap(Estimate::interval).map(i -> ends(rawInterval(i))))
                .with("by", mean.map(m -> m.by().name().toLowerCase(java.util.Locale.ROOT)))
                .with("failure", Optional.ofNullable(failures.get(replay.trained(arm))));
    }

    private static Document difference(String what, Optional<Estimate> by) {
        return new Document()
                .with("what", what)
                .with("mean", by.map(Estimate::value))
                .with("interval95", by.flatMap(Estimate::interval).map(ReplayReport::ends))
                .with("by", by.map(e -> e.by().name().toLowerCase(java.util.Locale.ROOT)))
                .with("pairs", by.map(Estimate::samples).orElse(0));
    }

    private static List<Double> ends(Interval interval) {
        return List.of(interval.low(), interval.high());
    }
}
