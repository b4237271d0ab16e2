package dev.clade.run.session;

import dev.clade.fault.Fault;
import dev.clade.run.session.Message.Midway;
import dev.clade.run.session.Message.Report;
import dev.clade.run.session.Message.Stop;
import dev.clade.run.session.Message.Train;
import dev.clade.run.session.Message.Trained;
import dev.clade.trainer.Stretch;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Lanes in training, from `train` to the last `trained`: each lane's stretch follows what is reported.
final class Training extends Exchange<Trained> {

    private final SortedMap<Integer, Run> runs;
    private boolean told;

    private Training(Conversation talk, SortedMap<Integer, Run> runs) {
        super(
                talk,
                runs.entrySet().stream()
                        .map(e -> new Train(
                                e.getKey(), e.getValue().steps(), e.getValue().from()))
                        .toList(),
                Trained.class);
        this.runs = runs;
    }

    /// Trains all lanes whose stretch is not over yet.
    static void of(Conversation talk, SortedMap<Integer, Stretch> moving) {
        var runs = new TreeMap<Integer, Run>();
        moving.forEach((lane, stretch) -> {
            if (!stretch.over()) {
                runs.put(lane, new Run(stretch));
            }
        });
        if (!runs.isEmpty()) {
            new Training(talk, runs).made();
        }
    }

    @Override
    void meanwhile() {
        if (pending().stream().map(this::run).allMatch(Run::over)) {
            stop();
        }
    }

    private void stop() {
        if (!told) {
            told = true;
            talk().say(List.of(new Stop()));
        }
    }

    private Run run(int lane) {
        return Objects.requireNonNull(runs.get(lane));
    }

    @Override
    Optional<Fault> reported(Report report) {
        if (!pending().contains(report.lane())) {
            return Optional.empty();
        }
        var run = run(report.lane());
        var wrong = run.reached(report.step());
        if (wrong.isEmpty()) {
            report.metrics().forEach(run.stretch()::report);
        }
        return wrong;
    }

    /// The plain contract has no evaluations within a segment: their means are measurements.
    @Override
    Optional<Fault> measured(Midway midway) {
        var means = new TreeMap<String, Double>();
        midway.metrics()
                .forEach((metric, samples) -> means.put(
                        metric, samples.stream().mapToDouble(s -> s).average().orElseThrow()));
        return reported(new Report(midway.lane(), midway.step(), means));
    }

    @Override
    Optional<Fault> done(Trained trained) {
        return run(trained.lane()).trained(trained.steps());
    }
}
