package dev.clade.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.population.Because;
import dev.clade.population.CheckpointId;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Awaited;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Event;
import dev.clade.population.Event.Evaluated.Purpose;
import dev.clade.population.Failure;
import dev.clade.population.Group;
import dev.clade.population.MemberId;
import dev.clade.population.Segment.Measured;
import dev.clade.population.Timings;
import dev.clade.population.WorkerId;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

    private static final MemberId MEMBER = new MemberId(3);
    private static final CheckpointId CHECKPOINT = new CheckpointId("ab".repeat(32));
    private static final WorkerId WORKER = new WorkerId("12@host-1");
    private static final Setting.Mapping SETTINGS = Setting.map("name", Setting.text("a \"quoted\" name"))
            .with("steps", Setting.word("20k"))
            .with("odd", Setting.text("bare:not"))
            .with("nested", Setting.map("list", Setting.list(List.of(Setting.number(1e-5), Setting.text("text:")))));
    private static final Hyperparameters VALUES = new Hyperparameters(new TreeMap<>(Map.of(
            "lr", new Value.Real(1.0 / 3),
            "unroll", new Value.Whole(Long.MAX_VALUE),
            "nesterov", new Value.Flag(true),
            "optimizer", new Value.Text("adam"),
            "dropout", new Value.Vector(List.of(new Value.Real(0.1), new Value.Real(0))))));
    private static final Because BECAUSE =
            Because.of("truncation").over(List.of(MEMBER)).and("rank", 15).and("of", "16");
    private static final Evaluation EVALUATION = new Evaluation(new TreeMap<>(Map.of(
            "score", Reading.of(List.of(0.1, -1e300, 4.9e-324)), "loss", new Reading.Diverged("a sample is NaN"))));
    private static final Timings TIMINGS = new Timings(
            Duration.ofNanos(1),
            Duration.ofHours(9),
            Duration.ZERO,
            Duration.ofMillis(5),
            Duration.ofNanos(7),
            Duration.ofSeconds(1));

    /// At least one of every kind of event, and of every kind of what is in them.
    private static List<Event> events() {
        var plan = new Plan(new Until.Steps(500), 1, true, -4);
        var events = new ArrayList<Event>(List.of(
                new Event.ExperimentCreated("id", SETTINGS, new TreeMap<>(Map.of("clade", "0.1.0"))),
                new Event.WorkerJoined(WORKER, "0.1.0", "host"),
                new Event.MemberEnrolled(MEMBER, Group.CONTROL),
                new Event.SegmentStarted(MEMBER, 2, 3, 1, VALUES, Optional.of(CHECKPOINT), 400),
                new Event.SegmentStarted(MEMBER, 1, 1, 1, VALUES, Optional.empty(), 0),
                new Event.SegmentFinished(
                        MEMBER,
                        2,
                        3,
                        500,
                        List.of(new Measured(450, EVALUATION), new Measured(500, EVALUATION)),
                        VALUES,
                        CHECKPOINT,
                        12,
                        TIMINGS),
                new Event.SegmentPaused(MEMBER, 2, 3, 450, CHECKPOINT),
                new Event.WaitBegan(
                        MEMBER, 9, new Decision.Wait(new Awaited.Anyone(), 1, Duration.ofSeconds(5), 0, BECAUSE)),
                new Event.WaitBegan(
                        MEMBER, 9, new Decision.Wait(new Awaited.In("rung"), 2, Duration.ofSeconds(5), -1, BECAUSE)),
                new Event.WaitBegan(
                        MEMBER,
                        9,
                        new Decision.Wait(
                                new Awaited.These(new TreeSet<>(List.of(MEMBER, new MemberId(1)))),
                                2,
                                Duration.ofSeconds(5),
                                -1,
                                BECAUSE)),
                new Event.WaitEnded(MEMBER, "stalled"),
                new Event.BarrierClosed(4, List.of(MEMBER), "deadline"),
                new Event.MemberRecovered(MEMBER, 5, WORKER),
                new Event.MemberRetired(MEMBER, "an operator"),
                new Event.OperatorActed(SETTINGS, "more steps"),
                new Event.Moved("postgresql://host/db"),
                new Event.ExperimentEnded("target")));
        for (var purpose : Purpose.values()) {
            events.add(new Event.Evaluated(MEMBER, 2, 3, purpose, EVALUATION, CHECKPOINT));
        }
        for (var kind : Failure.Kind.values()) {
            events.add(new Event.MemberFailed(MEMBER, 2, 3, new Failure(kind, "it \u2028 broke\n")));
        }
        for (var weights : List.of(
                new Weights.Own(),
                new Weights.Fresh(),
                new Weights.Of(MEMBER, 1, CHECKPOINT),
                new Weights.Blend(MEMBER, 1, CHECKPOINT, 0.4, 0.1))) {
            events.add(decided(new Decision.Train(weights, VALUES, plan, BECAUSE)));
        }
        events.add(decided(new Decision.Train(
                new Weights.Own(),
                VALUES,
                new Plan(new Until.Elapsed(Duration.ofSeconds(60)), 10, false, Long.MIN_VALUE),
                BECAUSE)));
        events.add(decided(new Decision.Stop(BECAUSE)));
        return events;
    }

    private static Event decided(Decision decision) {
        return new Event.Decided(MEMBER, 2, 77, "pbt", 1, decision);
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEvent_comesBackEqual(Event event) {
        assertThat(EventCodec.read(EventCodec.write(event), 1)).isEqualTo(event);
    }

    @Test
    void everyKindOfEvent_isAmongThem() {
        assertThat(events().stream().<Class<?>>map(Event::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(Event.class.getPermittedSubclasses()));
    }

    /// What version 1 has written must be readable for ever: one line per event of [#events()].
    @Test
    void aLogOfVersion1_isRead() throws IOException {
        try (InputStream golden = EventCodecTest.class.getResourceAsStream("events-1.jsonl")) {
            var lines = new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();

            assertThat(lines.stream().map(line -> EventCodec.read(line, 1))).containsExactlyElementsOf(events());
            assertThat(events().stream().map(EventCodec::write)).containsExactlyElementsOf(lines);
        }
    }

    @Test
    void numbersThatAreNotFinite_areWords() {
        var text = EventCodec.write(decided(new Decision.Train(
                new Weights.Blend(MEMBER, 1, CHECKPOINT, Double.NaN, Double.NEGATIVE_INFINITY),
                VALUES,
                new Plan(new Until.Steps(1), 1, true, 0),
                BECAUSE)));

        assertThat(text).contains("\"keep\":\"nan\",\"fresh\":\"-inf\"");
    }

    @Test
    void aNewerVersion_stopsTheReader() {
        var text = EventCodec.write(new Event.ExperimentEnded("budget")).replace("\"v\":1", "\"v\":2");

        assertThatThrownBy(() -> EventCodec.read(text, 9))
                .hasMessage("CLADE-2201 the event at position 9 cannot be read.  Found: version 2."
                        + "  Expected: an event of version 1."
                        + "  Mend: use the newest Clade that has written to this store; if it is damaged, restore it from a"
                        + " copy. Nothing was changed.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "7",
                "{\"v\":1}",
                "{\"v\":1,\"kind\":\"java.lang.Runtime\"}",
                "{\"v\":1,\"kind\":\"Waited\"}",
                "{\"v\":1,\"kind\":\"ExperimentEnded\"}",
                "{\"v\":1,\"kind\":\"MemberEnrolled\",\"member\":\"x\",\"group\":{}}",
                "{\"v\":1,\"kind\":\"MemberEnrolled\",\"member\":-1,\"group\":3}"
            })
    void whatIsNoEvent_stopsTheReader(String text) {
        assertThatThrownBy(() -> EventCodec.read(text, 9)).hasMessageStartingWith("CLADE-2201");
    }

    @Test
    void aDigest_coversEverythingBefore() {
        var at = Instant.ofEpochMilli(5);
        var digest = EventCodec.digest(EventCodec.ORIGIN, 1, at, Duration.ZERO, "text");

        assertThat(digest)
                .hasSize(64)
                .isNotEqualTo(EventCodec.digest("1".repeat(64), 1, at, Duration.ZERO, "text"))
                .isNotEqualTo(EventCodec.digest(EventCodec.ORIGIN, 2, at, Duration.ZERO, "text"))
                .isNotEqualTo(EventCodec.digest(EventCodec.ORIGIN, 1, at, Duration.ofNanos(1), "text"))
                .isNotEqualTo(EventCodec.digest(EventCodec.ORIGIN, 1, at, Duration.ZERO, "texts"));
    }
}
