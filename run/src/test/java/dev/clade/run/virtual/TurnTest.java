package dev.clade.run.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.Event;
import dev.clade.population.Event.SegmentFinished;
import dev.clade.population.Event.SegmentStarted;
import dev.clade.population.MemberId;
import dev.clade.run.Climber;
import dev.clade.run.Experiment;
import dev.clade.settings.Setting;
import dev.clade.store.memory.MemoryCheckpoints;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// More members than slots: who keeps its slot, and for how long.
class TurnTest {

    private static final Experiment EXPERIMENT = Experiment.of(4).with("exploit", Setting.word("none"));

    private static List<Event> events(Experiment experiment, int slots, Duration load) {
        try (var checkpoints = new MemoryCheckpoints()) {
            return new VirtualEngine(
                            experiment.created(),
                            experiment.tuner(),
                            place -> new Climber(Climber.Script.NOTHING),
                            checkpoints,
                            slots,
                            new Costs(load, Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO))
                    .run().entries().stream().map(e -> e.event()).toList();
        }
    }

    /// Segments that were begun under the lease of the one before.
    private static long stayed(List<Event> events) {
        Map<MemberId, Integer> terms = new HashMap<>();
        return events.stream()
                .filter(e -> e instanceof SegmentStarted s
                        && Integer.valueOf(s.term()).equals(terms.put(s.member(), s.term())))
                .count();
    }

    /// The most segments that anybody had finished beyond the slowest.
    private static int lead(List<Event> events) {
        var finished = new int[4];
        int lead = 0;
        for (var event : events) {
            if (event instanceof SegmentFinished f) {
                finished[f.member().index()]++;
                int least = Math.min(Math.min(finished[0], finished[1]), Math.min(finished[2], finished[3]));
                lead = Math.max(lead, finished[f.member().index()] - least);
            }
        }
        return lead;
    }

    @Test
    void whereSwitchingIsCheap_placesAreTakenAfterEachSegment() {
        var events = events(EXPERIMENT, 1, Duration.ofMillis(100));

        assertThat(stayed(events)).isZero();
        assertThat(lead(events)).isLessThanOrEqualTo(2);
    }

    @Test
    void whereSwitchingIsDear_membersStay_andNobodyGetsFarAhead() {
        var events = events(EXPERIMENT, 1, Duration.ofSeconds(5));

        assertThat(stayed(events)).isPositive();
        assertThat(lead(events)).isLessThanOrEqualTo(2);
    }

    @Test
    void aTurnThatTheFileNames_isKept() {
        var events = events(EXPERIMENT.with("turn", Setting.number(4)), 1, Duration.ZERO);

        assertThat(stayed(events)).isEqualTo(4 * 3);
    }

    @Test
    void whoeverHasASlotOfItsOwn_keepsIt() {
        var events = events(EXPERIMENT, 4, Duration.ofSeconds(5));

        assertThat(stayed(events)).isEqualTo(4 * 3);
    }
}
