package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clade.app.cli.Doctor.Finding;
import dev.clade.app.cli.Doctor.Verdict;
import dev.clade.app.file.ExperimentFile;
import dev.clade.app.wire.Wiring;
import dev.clade.population.Specification;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Capability;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Place;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a doctor says of trainers that are not fit, each in one way.
class UnfitTrainerTest {

    private static final Specification SPECIFICATION = Specification.read(ExperimentFile.parse("""
            name: walk
            metric: x
            budget: {steps: 100}
            parameters: {rate: {uniform: [0.5, 1]}}
            trainer: {toy: sleeper}
            """, "walk"));

    /// What is wrong with a trainer.
    private enum Flaw {
        NONE,
        WRONG_RECEIPT,
        SAVES_NO_MOMENT,
        SHARES_WEIGHTS,
        KEEPS_WEIGHTS,
        RANDOM,
        CLAIMS_BITWISE,
        ENDS_EARLY
    }

    @TempDir
    private Path folder = Path.of("");

    private static final AtomicLong SHARED = new AtomicLong();
    private static final AtomicLong NOISE = new AtomicLong();

    /// A momentum that is walked along.
    private static final class Walk implements Trainer {

        private final Flaw flaw;
        private double x;
        private double momentum;
        private double rate;

        Walk(Flaw flaw) {
            this.flaw = flaw;
        }

        @Override
        public Hyperparameters begin(Start start) throws IOException {
            switch (start.origin()) {
                case Origin.Resume(var from) -> load(from);
                case Origin.Copy(var from) -> load(from);
                case Origin.Keep keep -> {}
                default -> {
                    x = flaw == Flaw.KEEPS_WEIGHTS ? x + 1 : start.seed() * 0x1p-63;
                    momentum = 0;
                }
            }
            rate = start.values().real("rate");
            return flaw == Flaw.WRONG_RECEIPT ? start.values().with("rate", new Value.Real(0.25)) : start.values();
        }

        private void load(Path from) throws IOException {
            var numbers = Files.readAllLines(from.resolve("walk"));
            x = Double.parseDouble(numbers.get(0));
            momentum = Double.parseDouble(numbers.get(1));
        }

        @Override
        public void train(Stretch stretch) {
            while (stretch.advance(1)) {
                boolean random = flaw == Flaw.RANDOM || flaw == Flaw.CLAIMS_BITWISE;
                momentum = momentum * 0.5 + rate + (random ? NOISE.incrementAndGet() : 0);
                x += momentum;
                if (flaw == Flaw.SHARES_WEIGHTS) {
                    x += SHARED.incrementAndGet() * 1e-3;
                }
                if (flaw == Flaw.ENDS_EARLY) {
                    return;
                }
            }
        }

        @Override
        public Evaluation evaluate(long seed) {
            return Evaluation.of("x", x);
        }

        @Override
        public void save(Path to) throws IOException {
            Files.writeString(to.resolve("walk"), x + "\n" + (flaw == Flaw.SAVES_NO_MOMENT ? 0.0 : momentum) + "\n");
        }
    }

    private List<Finding> examined(Flaw flaw) throws Exception {
        var trainers = new Trainer.Factory() {
            @Override
            public Trainer create(Place place) {
                return new Walk(flaw);
            }

            @Override
            public Set<Capability> capabilities() {
                return flaw == Flaw.CLAIMS_BITWISE ? EnumSet.of(Capability.BITWISE) : Set.of();
            }
        };
        var findings = new ArrayList<Finding>();
        var tuner = Wiring.tuner(SPECIFICATION);
        var trial = new Trial(1, folder);
        try (var doctor = new Doctor(SPECIFICATION, tuner, trainers, trial, 5, Duration.ofSeconds(60), findings::add)) {
            doctor.examine();
        }
        return findings;
    }

    private static List<String> failed(List<Finding> findings) {
        return findings.stream()
                .filter(f -> f.verdict() == Verdict.FAILED)
                .map(f -> f.check() + ": " + f.what())
                .toList();
    }

    @Test
    void aTrainerThatIsFitFailsNothing() throws Exception {
        assertEquals(List.of(), failed(examined(Flaw.NONE)));
    }

    @Test
    void valuesThatAreNotInForceAreFound() throws Exception {
        var failed = failed(examined(Flaw.WRONG_RECEIPT));
        assertEquals(2, failed.size(), failed.toString());
        assertTrue(failed.getLast().startsWith("load, apply: after it has loaded, rate was asked to be 0."));
        assertTrue(
                failed.getFirst().matches("begins: the receipt is wrong: rate was asked to be 0\\.\\d+ and is 0\\.25"));
    }

    @Test
    void aMomentThatIsNotSavedIsFoundByTheNextSegment() throws Exception {
        var failed = failed(examined(Flaw.SAVES_NO_MOMENT));
        assertEquals(1, failed.size(), failed.toString());
        assertTrue(failed.getFirst().startsWith("warm, loaded: a segment differs when the trainer is warm"));
    }

    @Test
    void weightsThatAreNotBegunAnewAreFound() throws Exception {
        assertTrue(failed(examined(Flaw.KEEPS_WEIGHTS)).stream().anyMatch(f -> f.startsWith("after another: ")));
    }

    @Test
    void whatIsSharedInAProcessMakesRunsDifferAndNothingIsCompared() throws Exception {
        var findings = examined(Flaw.SHARES_WEIGHTS);
        assertEquals(List.of(), failed(findings));
        assertEquals(
                List.of("samples", "repeats", "warm, loaded", "after another", "beside another", "effect"),
                findings.stream()
                        .filter(f -> f.verdict() == Verdict.SKIPPED)
                        .map(Finding::check)
                        .collect(Collectors.toList()));
    }

    @Test
    void randomnessIsNoFlawUnlessTheTrainerClaimsThereIsNone() throws Exception {
        assertEquals(List.of(), failed(examined(Flaw.RANDOM)));
        assertEquals(
                List.of("repeats: two runs from one seed differ, and the trainer claims that they do not (BITWISE)"),
                failed(examined(Flaw.CLAIMS_BITWISE)));
    }

    @Test
    void aSegmentThatIsNotTrainedToItsEndIsFound() throws Exception {
        assertEquals(
                List.of("trains: it was to train 5 steps and asked for 1: train while stretch.advance(..) says so"),
                failed(examined(Flaw.ENDS_EARLY)));
    }
}
