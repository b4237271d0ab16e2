package dev.clade.tune;

import dev.clade.population.Because;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Event;
import dev.clade.population.Failure;
import dev.clade.population.Greed;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Source;
import dev.clade.population.Specification;
import dev.clade.random.Randomness;
import java.util.stream.Collectors;

/// Makes decisions: the tuner's, with what the engine owes every tuner around it (the end of the budget,
/// healing after a failure, lateness at a barrier). Pure, so that `clade verify` can make every decision
/// again from its basis.
public final class Decider {

    /// So often in a row, for each try that it has, a member may fail before it is over: what fails under others'
    /// weights and values too is not mended by more of them.
    private static final int MOST_FAILURES = 4;

    private final Tuner tuner;

    public Decider(Tuner tuner) {
        this.tuner = tuner;
    }

    public Tuner tuner() {
        return tuner;
    }

    /// The decision about a member that is due one, or the wait that it begins.
    ///
    /// @param all the population at the newest position seen
    public Event decide(Population all, MemberId who) {
        var seen = all.seenBy(who);
        var decision = decision(seen, who, all.late(who));
        return decision instanceof Decision.Wait wait
                ? new Event.WaitBegan(who, seen.position(), wait)
                : decided(seen, who, decision);
    }

    /// The same decision again, from the prefix that it named as its basis.
    ///
    /// @param late whether it was marked as late
    public Event.Decided again(Population basis, MemberId who, boolean late) {
        return decided(basis, who, decision(basis, who, late));
    }

    private Event.Decided decided(Population seen, MemberId who, Decision decision) {
        var member = seen.member(who);
        boolean goesOn = decision instanceof Train && member.failure().isEmpty() && member.decided() > 0;
        boolean reports = goesOn && Greed.reporter(seen).filter(who::equals).isPresent();
        return new Event.Decided(
                who,
                member.decided(),
                seen.position(),
                tuner.word(),
                tuner.revision(),
                reports ? metered(decision, Greed.of(seen)) : decision);
    }

    /// Once a round, how far the population has narrowed is told with a decision.
    private static Decision metered(Decision decision, Greed greed) {
        var spread = greed.spread().entrySet().stream()
                .map(e -> e.getKey() + " " + StrictMath.rint(e.getValue() * 1000) / 1000)
                .collect(Collectors.joining(", "));
        return decision.explained("founders alive", greed.founders() + " of " + greed.members())
                .explained("decisions since the best", greed.stale())
                .explained("spread", spread);
    }

    private Decision decision(Population seen, MemberId who, boolean late) {
        var member = seen.member(who);
        var random = Randomness.keyed(seen.specification().seed(), who.index(), member.decided());
        if (Allowance.of(seen, member, member.lineageStep()) == 0) {
            return new Decision.Stop(Because.of(Specification.OVER_BUDGET));
        }
        var decision = member.failure().isPresent()
                ? healed(seen, member, member.failure().get(), random)
                : late ? late(seen, member, random) : tuner.decide(seen, who, random);
        return decision instanceof Train train ? clipped(seen, member, train) : decision;
    }

    // ---- the end of the budget

    private Decision clipped(Population seen, Member member, Train train) {
        long lineage = lineage(seen, member, train.weights());
        long left = Allowance.of(seen, member, lineage);
        if (left == 0) {
            return new Decision.Stop(Because.of(Specification.OVER_BUDGET));
        }
        long end = member.step() + left;
        var until = switch (train.plan().until()) {
            case Until.Steps steps -> new Until.Steps(Math.min(steps.step(), end));
            case Until.Elapsed elapsed -> elapsed;
        };
        var plan = train.plan();
        return new Train(
                train.weights(),
                train.values(),
                new Plan(until, plan.evaluations(), plan.evaluateFirst(), plan.order()),
                train.because());
    }

    private static long lineage(Population seen, Member member, Weights weights) {
        return switch (weights) {
            case Weights.Own own -> member.lineageStep();
            case Weights.Fresh fresh -> 0;
            case Weights.Of of ->
                seen.pair(of.donor(), of.segment(), of.at())
                        .map(Pair::lineageStep)
                        .orElse(0L);
            case Weights.Blend blend ->
                seen.pair(blend.donor(), blend.segment(), blend.at())
                        .map(Pair::lineageStep)
                        .orElse(0L);
        };
    }

    // ---- failures

    /// Try again from the own last pair; copy a healthy donor; begin anew; stop. What diverged is not
    /// tried again where a donor can be had: the hyperparameters are what made it diverge.
    private Decision healed(Population seen, Member member, Failure failure, Randomness random) {
        var specification = seen.specification();
        var segment = member.segment().orElseThrow();
        if (failure.kind() == Failure.Kind.QUIT) {
            return new Decision.Stop(Because.of("quit").and("failure", failure.message()));
        }
        boolean diverged = failure.kind() == Failure.Kind.DIVERGED;
        if (diverged && specification.control(member.id())) {
            return new Decision.Stop(Because.of("diverged").and("failure", failure.message()));
        }
        if (!diverged && member.failures() <= specification.retries()) {
            if (segment.source() instanceof Source.Blended again) {
                return new Train(blend(again), segment.values(), segment.plan(), because("retried", member, failure));
            }
            var held = member.held();
            var weights = held.isPresent() ? new Weights.Own() : new Weights.Fresh();
            var values = held.map(own -> specification.space().structured(segment.values(), own.values(), random))
                    .orElse(segment.values());
            return new Train(weights, values, segment.plan(), because("retried", member, failure));
        }
        if (specification.control(member.id()) || inARow(member) > MOST_FAILURES * (specification.retries() + 1)) {
            return new Decision.Stop(because("failed", member, failure));
        }
        var decision = tuner.decide(seen, member.id(), random);
        if (!(decision instanceof Train train)
                || train.weights() instanceof Weights.Of
                || instructed(train, member, specification)) {
            return decision.explained("failure", failure.message());
        }
        return member.freshes() < specification.retries()
                ? new Train(
                        new Weights.Fresh(),
                        specification.space().draw(random),
                        train.plan(),
                        because("begun anew", member, failure))
                : new Decision.Stop(because("failed", member, failure));
    }

    /// How many of its last segments failed, copies of others among them.
    private static int inARow(Member member) {
        var segments = member.segments();
        int failed = 0;
        while (failed < segments.size()
                && segments.get(segments.size() - 1 - failed).outcome() instanceof Segment.Outcome.Failed) {
            failed++;
        }
        return failed;
    }

    /// What a blend mixed is kept until it has been tried again.
    private static Weights blend(Source.Blended source) {
        var pair = source.pair();
        return new Weights.Blend(pair.member(), pair.segment(), pair.checkpoint(), source.keep(), source.fresh());
    }

    /// Whether the own last pair goes on under what was learnt of another (`inherit: [hyperparameters]`). That is not
    /// tried more often than trying again is.
    private static boolean instructed(Train train, Member member, Specification specification) {
        return train.weights() instanceof Weights.Own
                && train.because().facts().containsKey("donor")
                && member.failures() <= specification.retries()
                && !train.values().equals(member.segment().orElseThrow().values());
    }

    private static Because because(String rule, Member member, Failure failure) {
        return Because.of(rule)
                .and("failure", failure.message())
                .and("kind", failure.kind())
                .and("failures", member.failures());
    }

    // ---- lateness

    private Decision late(Population seen, Member member, Randomness random) {
        var planned = tuner.decide(seen, member.id(), random);
        var values = seen.specification()
                .space()
                .completed(member.segment().orElseThrow().values().active(), random);
        return planned instanceof Train train && member.held().isPresent()
                ? new Train(new Weights.Own(), values, train.plan(), Because.of("late"))
                : planned;
    }
}
