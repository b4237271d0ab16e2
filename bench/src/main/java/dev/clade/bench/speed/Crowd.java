package dev.clade.bench.speed;

import dev.clade.pbt.PbtReader;
import dev.clade.population.CheckpointId;
import dev.clade.population.Decision.Train;
import dev.clade.population.Event;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.Segment.Measured;
import dev.clade.population.Specification;
import dev.clade.population.Timings;
import dev.clade.random.Randomness;
import dev.clade.settings.Setting;
import dev.clade.store.Lease;
import dev.clade.trainer.Evaluation;
import dev.clade.tune.Decider;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A population of any size whose members need no training: what is left is what Clade does.
final class Crowd {

    final Setting.Mapping settings;
    final Decider decider;
    private final RandomGenerator random;

    Crowd(int members, long seed) {
        var loguniform = Setting.list(List.of(Setting.number(1e-5), Setting.number(1e-1)));
        var uniform = Setting.list(List.of(Setting.number(0), Setting.number(1)));
        settings = Setting.map("name", Setting.text("crowd"))
                .with("metric", Setting.word("score"))
                .with("population", Setting.number(members))
                .with("budget", Setting.map("steps", Setting.number(1_000_000_000)))
                .with("ready", Setting.map("every", Setting.number(100)))
                .with("exploit", Setting.map("truncation", Setting.number(0.2)))
                .with(
                        "explore",
                        Setting.map("perturb", Setting.list(List.of(Setting.number(0.8), Setting.number(1.25)))))
                .with(
                        "parameters",
                        Setting.map("learning_rate", Setting.map("loguniform", loguniform))
                                .with("dropout", Setting.map("uniform", uniform))
                                .with("decay", Setting.map("loguniform", loguniform)))
                .with("trainer", Setting.map("toy", Setting.word("sleeper")))
                .with("seed", Setting.number(seed));
        decider = new Decider(new PbtReader().read(Specification.read(settings)));
        random = Randomness.keyed(seed, 0, 0).of("crowd");
    }

    Event.ExperimentCreated created(String id) {
        return new Event.ExperimentCreated(id, settings, new TreeMap<>());
    }

    CheckpointId checkpoint() {
        var bytes = new byte[32];
        synchronized (random) {
            random.nextBytes(bytes);
        }
        return new CheckpointId(HexFormat.of().formatHex(bytes));
    }

    Event.SegmentStarted started(Lease lease, Event.Decided decided, Population seen) {
        var train = (Train) decided.decision();
        var member = seen.member(lease.member());
        return new Event.SegmentStarted(
                lease.member(), member.decided() + 1, lease.term(), 1, train.values(), Optional.empty(), member.step());
    }

    Event.SegmentFinished finished(Lease lease, Population seen, CheckpointId checkpoint) {
        var segment = seen.member(lease.member()).segment().orElseThrow();
        long step = segment.startStep() + 100;
        double score;
        synchronized (random) {
            score = random.nextDouble();
        }
        return new Event.SegmentFinished(
                lease.member(),
                segment.index(),
                lease.term(),
                step,
                List.of(new Measured(step, Evaluation.of("score", score))),
                segment.values(),
                checkpoint,
                0,
                Timings.NONE);
    }

    static MemberId member(int index) {
        return new MemberId(index);
    }
}
