package dev.clade.store;

import dev.clade.population.Because;
import dev.clade.population.CheckpointId;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Event;
import dev.clade.population.Failure;
import dev.clade.population.Group;
import dev.clade.population.MemberId;
import dev.clade.population.Segment.Measured;
import dev.clade.population.Timings;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What happens to a small experiment, event by event: for tests of logs.
final class Story {

    static final MemberId ZERO = new MemberId(0);
    static final MemberId ONE = new MemberId(1);
    static final Hyperparameters VALUES = new Hyperparameters(new TreeMap<>(Map.of("x", new Value.Real(0.5))));

    private Story() {}

    static Event.ExperimentCreated created(String id) {
        return created(id, Map.of());
    }

    static Event.ExperimentCreated created(String id, Map<String, Setting> more) {
        var map = new LinkedHashMap<String, Setting>();
        map.put("name", Setting.text("story"));
        map.put("metric", Setting.word("q"));
        map.put("population", Setting.number(2));
        map.put("budget", Setting.map("steps", Setting.number(100)));
        map.put(
                "parameters",
                Setting.map("x", Setting.map("uniform", Setting.list(List.of(Setting.number(0), Setting.number(1))))));
        map.put("trainer", Setting.map("toy", Setting.word("sleeper")));
        map.putAll(more);
        return new Event.ExperimentCreated(id, Setting.map(map), new TreeMap<>(Map.of("clade", "test")));
    }

    static Event enrolled(MemberId member) {
        return new Event.MemberEnrolled(member, Group.ALL);
    }

    static Event.Decided decided(MemberId member, int segment, long basis, Weights weights, long until) {
        var plan = new Plan(new Until.Steps(until), 1, true, 0);
        return new Event.Decided(
                member, segment, basis, "pbt", 1, new Train(weights, VALUES, plan, Because.of("test")));
    }

    static Event.SegmentStarted started(Lease lease, int segment, int attempt, Optional<CheckpointId> from, long step) {
        return new Event.SegmentStarted(lease.member(), segment, lease.term(), attempt, VALUES, from, step);
    }

    static Event.SegmentFinished finished(Lease lease, int segment, long step, double score, CheckpointId checkpoint) {
        return new Event.SegmentFinished(
                lease.member(),
                segment,
                lease.term(),
                step,
                List.of(new Measured(step, Evaluation.of("q", score))),
                VALUES,
                checkpoint,
                0,
                Timings.NONE);
    }

    static Event.MemberFailed failed(Lease lease, int segment) {
        return new Event.MemberFailed(
                lease.member(), segment, lease.term(), new Failure(Failure.Kind.THREW, "it threw"));
    }

    static CheckpointId checkpoint(int number) {
        return new CheckpointId("%064x".formatted(number));
    }
}
