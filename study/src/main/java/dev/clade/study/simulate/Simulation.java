package dev.clade.study.simulate;

import dev.clade.population.Event;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Outcome;
import dev.clade.population.Segment.Source;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Conditions;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.settings.Setting;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.tune.Tuner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/// An experiment that is simulated, as often as one likes: the same slots, tuner and log as the real one, on a
/// calendar instead of a clock.
///
/// @param settings the experiment's, of which all but the trainer counts
/// @param tuners the tuner that settings name
///
/// @param conditions what befalls its workers; drawn anew under each seed
public record Simulation(
        Setting.Mapping settings,
        Function<Specification, Tuner> tuners,
        Model model,
        int slots,
        Conditions conditions) {

    /// One run.
    ///
    /// @param score of the winner, measured afresh, more is better; none where nobody won
    /// @param value the same as the trainer measured it
    /// @param elapsed virtual time from the beginning to the end of the finals
    /// @param busy the share of the slots' time in which something was trained, measured, saved or loaded
    public record Run(
            VirtualEngine.Result result, double score, double value, Duration elapsed, double busy, Tally tally) {}

    /// What was done.
    ///
    /// @param steps trained by all members together
    /// @param decisions after enrolment
    public record Tally(long steps, int decisions, int copies, int failures, int evaluations, int members) {

        static Tally of(VirtualEngine.Result result) {
            long steps = 0;
            int copies = 0;
            int failures = 0;
            for (var member : result.population().members()) {
                for (var segment : member.segments()) {
                    steps += trained(segment);
                    copies += segment.source() instanceof Source.Copied || segment.source() instanceof Source.Blended
                            ? 1
                            : 0;
                    failures += segment.outcome() instanceof Outcome.Failed ? 1 : 0;
                }
            }
            int decisions = 0;
            int evaluations = 0;
            for (var entry : result.entries()) {
                switch (entry.event()) {
                    case Event.Decided e -> decisions += e.segment() > 0 ? 1 : 0;
                    case Event.SegmentFinished e -> evaluations += e.measured().size();
                    case Event.Evaluated e -> evaluations++;
                    default -> {}
                }
            }
            return new Tally(
                    steps,
                    decisions,
                    copies,
                    failures,
                    evaluations,
                    result.population().size());
        }

        private static long trained(Segment segment) {
            return segment.pair().map(p -> p.step() - segment.startStep()).orElse(0L);
        }
    }

    /// Runs it under another seed.
    public Run run(long seed) {
        var seeded = settings.with("seed", Setting.number(seed));
        var specification = Specification.read(seeded);
        var created = new Event.ExperimentCreated(
                UUID.randomUUID().toString(),
                seeded,
                new TreeMap<>(Map.of(Event.ExperimentCreated.SIMULATED, model.what())));
        try (var checkpoints = MemoryCheckpoints.onHeap()) {
            var result = new VirtualEngine(
                            created,
                            Instant.now(),
                            checkpoints,
                            tuners,
                            model.trainers(),
                            slots,
                            model.costs(),
                            conditions.under(seed))
                    .run();
            var tally = Tally.of(result);
            double value = value(result.population());
            return new Run(
                    result,
                    specification.metric().oriented(value),
                    value,
                    result.elapsed(),
                    busy(tally, result.elapsed()),
                    tally);
        }
    }

    private static double value(Population population) {
        var specification = population.specification();
        return population
                .finals()
                .flatMap(f -> f.winner(specification))
                .map(w -> specification.metric().oriented(specification.metric().score(w.measured())))
                .orElse(Double.NaN);
    }

    private double busy(Tally tally, Duration elapsed) {
        var costs = model.costs();
        double worked = tally.steps() * seconds(costs.step())
                + tally.evaluations() * seconds(costs.evaluate())
                + tally.decisions() * seconds(costs.save())
                + tally.copies() * seconds(costs.load());
        return elapsed.isZero() ? 1 : Math.min(1, worked / (slots * seconds(elapsed)));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
