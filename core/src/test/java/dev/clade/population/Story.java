package dev.clade.population;

import dev.clade.population.Decision.Awaited;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Event.Evaluated.Purpose;
import dev.clade.population.Segment.Measured;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.SpaceReader;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.tune.Decider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// A log that is written line by line, and its fold: for tests.
///
/// Two members with one hyperparameter `x` in [0, 1] train 100 steps and are ranked by `q`, where the settings do not
/// say otherwise. The checkpoint of member 1's third segment is called `1.3`.
public final class Story {

    private static final Setting.Mapping BASE = Flow.of(
            "name: story",
            "metric: q",
            "population: 2",
            "budget: {steps: 100}",
            "parameters: {x: {uniform: [0, 1]}}",
            "trainer: {toy: none}");

    private final List<Entry> entries = new ArrayList<>();
    private Population now;
    private Duration clock = Duration.ZERO;

    private Story(Setting.Mapping settings) {
        entries.add(
                new Entry(1, Instant.EPOCH, clock, new Event.ExperimentCreated("story-1", settings, new TreeMap<>())));
        this.now = Population.first(entries.getFirst());
    }

    /// An experiment of which only the creation is written.
    public static Story of(String... settings) {
        return new Story(settings(settings));
    }

    /// An experiment with all its members, undecided.
    public static Story enrolled(String... settings) {
        var story = of(settings);
        return story.enrols(
                IntStream.range(0, story.now.specification().population()).toArray());
    }

    /// Members 0, 1, ... have finished their first segment, of 10 steps with x = 0.1, 0.2, ..., with these scores.
    public static Story ranked(List<String> settings, double... scores) {
        var all = new ArrayList<>(List.of("population: " + scores.length));
        all.addAll(settings);
        var story = enrolled(all.toArray(String[]::new));
        for (int i = 0; i < scores.length; i++) {
            story.trains(i, "x=" + (i + 1) / 10.0, 10);
        }
        for (int i = 0; i < scores.length; i++) {
            story.finishes(i, scores[i]);
        }
        return story;
    }

    static Setting.Mapping settings(String... lines) {
        var settings = BASE;
        for (var entry : Flow.of(lines).entries().entrySet()) {
            settings = settings.with(entry.getKey(), entry.getValue());
        }
        return settings.entries().containsKey("metrics") ? settings.without("metric") : settings;
    }

    // ---- what it is

    public Population now() {
        return now;
    }

    public Member member(int index) {
        return now.member(new MemberId(index));
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /// The pair that a member is ranked by.
    public Pair pair(int index) {
        return member(index).standing().orElseThrow();
    }

    public Hyperparameters values(String text) {
        var values = new TreeMap<String, Value>();
        for (var part : text.split(" ")) {
            var sides = part.split("=", 2);
            values.put(sides[0], SpaceReader.given(now.specification().space(), sides[0], Setting.word(sides[1])));
        }
        return new Hyperparameters(values);
    }

    // ---- what happens

    public Story happens(Event event) {
        var entry = new Entry(now.position() + 1, Instant.EPOCH, clock, event);
        now = now.with(entry);
        entries.add(entry);
        return this;
    }

    public Story passes(Duration time) {
        clock = clock.plus(time);
        return this;
    }

    /// Everything that follows by rule.
    public Story follows() {
        for (var next = Consequence.of(now, clock); next.isPresent(); next = Consequence.of(now, clock)) {
            happens(next.get());
        }
        return this;
    }

    public Story enrols(int... members) {
        for (int member : members) {
            var id = new MemberId(member);
            happens(new Event.MemberEnrolled(
                    id, now.specification().controlGroup(id).orElse(Group.ALL)));
        }
        return this;
    }

    public Story decides(int who, Decision decision) {
        return happens(
                new Event.Decided(new MemberId(who), member(who).decided(), now.position(), "test", 1, decision));
    }

    /// What the engine decides, and the start of what it decided.
    public Story decides(Decider decider, int who) {
        happens(decider.decide(now, new MemberId(who)));
        return member(who).status() == Member.Status.DECIDED ? starts(who) : this;
    }

    /// Weights of its own, or new ones where it has none, until a step of its own; started.
    public Story trains(int who, String values, long until) {
        var weights = member(who).held().isPresent() ? new Weights.Own() : new Weights.Fresh();
        return decides(who, train(weights, values, until)).starts(who);
    }

    /// The weights of the pair that another is ranked by; started.
    public Story copies(int who, int donor, String values, long until) {
        return decides(who, train(of(donor), values, until)).starts(who);
    }

    public Weights.Of of(int donor) {
        var pair = pair(donor);
        return new Weights.Of(pair.member(), pair.segment(), pair.checkpoint());
    }

    public Train train(Weights weights, String values, long until) {
        return new Train(weights, values(values), plan(until), Because.of("test"));
    }

    public static Plan plan(long until) {
        return new Plan(new Until.Steps(until), 1, true, 0);
    }

    public Story starts(int who) {
        var member = member(who);
        var segment = member.segment().orElseThrow();
        return happens(new Event.SegmentStarted(
                member.id(),
                segment.index(),
                Math.max(1, member.term()),
                member.attempts() + 1,
                segment.values(),
                segment.source().from().map(Pair::checkpoint),
                segment.startStep()));
    }

    /// The copy that its segment begins with is measured.
    public Story measures(int who, double... samples) {
        var segment = member(who).segment().orElseThrow();
        var checkpoint = segment.source().from().map(Pair::checkpoint).orElse(new CheckpointId("none"));
        return evaluates(who, segment.index(), Purpose.COPY, checkpoint, samples);
    }

    /// A final, of the candidate that a member is due to measure.
    public Story measuresFinal(int who, double... samples) {
        var task = now.finals()
                .flatMap(f -> f.due(new MemberId(who), now.specification()))
                .orElseThrow();
        return evaluates(who, task.pair().segment(), task.purpose(), task.pair().checkpoint(), samples);
    }

    public Story evaluates(int who, int segment, Purpose purpose, CheckpointId checkpoint, double... samples) {
        return happens(new Event.Evaluated(
                new MemberId(who), segment, Math.max(1, member(who).term()), purpose, evaluation(samples), checkpoint));
    }

    private Evaluation evaluation(double... samples) {
        return Evaluation.of(
                now.specification().metric().name(),
                Arrays.stream(samples).boxed().toList());
    }

    /// Its segment ends where it was planned to.
    public Story finishes(int who, double... samples) {
        var until = (Until.Steps) member(who).segment().orElseThrow().plan().until();
        return finishesAt(who, until.step(), samples);
    }

    public Story finishesAt(int who, long step, double... samples) {
        return finishesAt(who, step, member(who).segment().orElseThrow().values(), samples);
    }

    /// As planned, with other values in force than were asked for.
    public Story finishes(int who, Hyperparameters inForce, double... samples) {
        var until = (Until.Steps) member(who).segment().orElseThrow().plan().until();
        return finishesAt(who, until.step(), inForce, samples);
    }

    /// As planned, with this evaluation.
    public Story finishes(int who, Evaluation evaluation) {
        var segment = member(who).segment().orElseThrow();
        return finishesAt(who, ((Until.Steps) segment.plan().until()).step(), segment.values(), evaluation);
    }

    private Story finishesAt(int who, long step, Hyperparameters inForce, double... samples) {
        return finishesAt(who, step, inForce, evaluation(samples));
    }

    private Story finishesAt(int who, long step, Hyperparameters inForce, Evaluation evaluation) {
        var member = member(who);
        var segment = member.segment().orElseThrow();
        return happens(new Event.SegmentFinished(
                member.id(),
                segment.index(),
                member.term(),
                step,
                List.of(new Measured(step, evaluation)),
                inForce,
                new CheckpointId(who + "." + segment.index()),
                0,
                Timings.NONE));
    }

    public Story fails(int who, Failure.Kind kind) {
        var member = member(who);
        return happens(
                new Event.MemberFailed(member.id(), member.decided(), member.term(), new Failure(kind, "it " + kind)));
    }

    public Story pauses(int who, long step) {
        var member = member(who);
        return happens(new Event.SegmentPaused(
                member.id(), member.decided(), member.term(), step, new CheckpointId(who + ".paused")));
    }

    public Story recovers(int who) {
        return happens(new Event.MemberRecovered(new MemberId(who), member(who).term() + 1, new WorkerId("another")));
    }

    public Story retires(int who) {
        return happens(new Event.MemberRetired(new MemberId(who), "an operator"));
    }

    public Story waits(int who, Awaited on, int count, Duration atMost, long order) {
        return happens(new Event.WaitBegan(
                new MemberId(who), now.position(), new Decision.Wait(on, count, atMost, order, Because.of("test"))));
    }

    public Story stops(int who, String why) {
        return decides(who, new Decision.Stop(Because.of(why)));
    }

    /// An operator changes settings; the others stay.
    public Story operates(String... lines) {
        var settings = now.specification().settings();
        for (var entry : Flow.of(lines).entries().entrySet()) {
            settings = settings.with(entry.getKey(), entry.getValue());
        }
        return happens(new Event.OperatorActed(settings, String.join(", ", lines)));
    }
}
