package dev.clade.pbt;

import dev.clade.population.Because;
import dev.clade.population.CheckpointId;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Failure;
import dev.clade.population.Group;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.Segment.Measured;
import dev.clade.population.Timings;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Tells a `Ready` a log, entry by entry.
final class Telling {

    private static final Hyperparameters VALUES = Hyperparameters.NONE.with("h", new Value.Real(0.5));

    private Population population;
    private Ready ready;
    private final Timings timings;

    Telling(Ready ready, int members, boolean synchronous, Timings timings) {
        this.ready = ready;
        this.timings = timings;
        var created = new Event.ExperimentCreated("told", settings(members, synchronous), new TreeMap<>());
        population = Population.first(new Entry(1, Instant.EPOCH, Duration.ZERO, created));
        for (int i = 0; i < members; i++) {
            tell(new Event.MemberEnrolled(new MemberId(i), Group.ALL));
        }
    }

    static Telling of(Ready ready, int members) {
        return new Telling(ready, members, false, Timings.NONE);
    }

    static Setting.Mapping settings(int members, boolean synchronous) {
        var map = new LinkedHashMap<String, Setting>();
        map.put("name", Setting.word("told"));
        map.put("metric", Setting.word("score"));
        map.put("population", Setting.number(members));
        map.put("budget", Setting.map("steps", Setting.number(1000)));
        map.put("synchronous", Setting.word(Boolean.toString(synchronous)));
        map.put(
                "parameters",
                Setting.map("h", Setting.map("uniform", Setting.list(List.of(Setting.number(0), Setting.number(1))))));
        map.put("trainer", Setting.map("toy", Setting.word("plain")));
        return Setting.map(map);
    }

    Population population() {
        return population;
    }

    Adaptive ready() {
        return (Adaptive) ready;
    }

    private void tell(Event event) {
        var entry = new Entry(population.position() + 1, Instant.EPOCH, Duration.ZERO, event);
        population = population.with(entry);
        ready = ready.learn(entry, population);
    }

    /// A segment of a member's own weights, or fresh ones, that ends with these samples.
    Telling ends(int member, long steps, Double... samples) {
        var own = population.member(new MemberId(member)).held().isPresent();
        begins(member, steps, own ? new Weights.Own() : new Weights.Fresh());
        return finishes(member, steps, samples);
    }

    /// A segment that begins with a copy of another's segment, which is measured before it trains.
    Telling copies(int member, int donor, int segment, double copied, long steps, Double... samples) {
        var at = checkpoint(donor, segment);
        begins(member, steps, new Weights.Of(new MemberId(donor), segment, at));
        var id = new MemberId(member);
        tell(new Event.Evaluated(
                id,
                population.member(id).decided(),
                1,
                Event.Evaluated.Purpose.COPY,
                Evaluation.of("score", copied),
                at));
        return finishes(member, steps, samples);
    }

    Telling fails(int member, long steps) {
        var own = population.member(new MemberId(member)).held().isPresent();
        begins(member, steps, own ? new Weights.Own() : new Weights.Fresh());
        var id = new MemberId(member);
        tell(new Event.MemberFailed(
                id, population.member(id).decided(), 1, new Failure(Failure.Kind.THREW, "a test says so")));
        return this;
    }

    Telling stops(int member) {
        var id = new MemberId(member);
        decided(id, new Decision.Stop(Because.of("budget")));
        return this;
    }

    private void begins(int member, long steps, Weights weights) {
        var id = new MemberId(member);
        var until = new Until.Steps(population.member(id).step() + steps);
        decided(id, new Decision.Train(weights, VALUES, new Decision.Plan(until, 1, true, 0), Because.of("test")));
        var now = population.member(id);
        tell(new Event.SegmentStarted(id, now.decided(), 1, 1, VALUES, java.util.Optional.empty(), now.step()));
    }

    private void decided(MemberId id, Decision decision) {
        tell(new Event.Decided(id, population.member(id).decided(), population.position(), "pbt", 1, decision));
    }

    private Telling finishes(int member, long steps, Double... samples) {
        var id = new MemberId(member);
        var now = population.member(id);
        long step = now.step() + steps;
        tell(new Event.SegmentFinished(
                id,
                now.decided(),
                1,
                step,
                List.of(new Measured(step, Evaluation.of("score", List.of(samples)))),
                VALUES,
                checkpoint(member, now.decided()),
                0,
                timings));
        return this;
    }

    private static CheckpointId checkpoint(int member, int segment) {
        return new CheckpointId(member + "/" + segment);
    }

    static Map<String, String> facts(Decision decision) {
        return decision.because().facts();
    }
}
