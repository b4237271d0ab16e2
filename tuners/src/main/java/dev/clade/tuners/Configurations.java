package dev.clade.tuners;

import dev.clade.fault.Fault;
import dev.clade.population.Because;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Failure;
import dev.clade.population.Member;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Outcome;
import dev.clade.population.Specification;
import java.util.Optional;

/// What tuners have in common that start more configurations than the population has members: each
/// configuration is a member of its own, which never copies another. All together they train `population *
/// steps`, and at most `population` of them at once.
public final class Configurations {

    private Configurations() {}

    /// Refuses what such a tuner cannot honour: members that train on beside it, and a sum that it does not
    /// share out.
    ///
    /// @return the steps that all configurations may train together
    /// @throws Fault 1340 for controls, 1343 for a budget that is not one of steps
    public static long steps(Specification specification, String word) {
        if (specification.controls() > 0) {
            throw new Fault(
                    1340,
                    place(specification, "control") + "the tuner '" + word + "' has no controls.",
                    specification.controls() + " of them.",
                    "no 'control': configurations come and go, and share out the budget among them.",
                    "take 'control' out; to compare, run 'tuner: random' beside it.");
        }
        var budget = specification.budget();
        if (budget.steps().isEmpty() || budget.totalSteps().isPresent()) {
            throw new Fault(
                    1343,
                    place(specification, "budget") + "the tuner '" + word + "' shares out 'population' times 'steps'.",
                    "a budget of " + budget + ".",
                    "'steps', the most that one configuration trains, and no 'total_steps'.",
                    "write, say, 'budget: {steps: 20k}'.");
        }
        return Math.multiplyExact(budget.steps().get(), specification.population());
    }

    /// Where a setting of an experiment is written, for the beginning of a fault; nothing where it is not given.
    public static String place(Specification specification, String name) {
        return Optional.ofNullable(specification.settings().entries().get(name))
                .map(setting -> setting.place() + " ")
                .orElse("");
    }

    /// Whether a configuration has failed for good. It is over; nothing is drawn in its place.
    public static boolean lost(Population seen, Member member) {
        return member.failure()
                .filter(f -> f.kind() == Failure.Kind.DIVERGED
                        || member.failures() > seen.specification().retries())
                .isPresent();
    }

    /// The end of a configuration that has failed for good.
    public static Decision over(Member member) {
        return new Decision.Stop(Because.of("lost")
                .and(
                        "failure",
                        member.failure().map(Failure::kind).map(String::valueOf).orElse("none")));
    }

    /// Whether a segment of a member is open: it trains, or is about to.
    public static boolean working(Member member) {
        return member.live()
                && member.segment()
                        .filter(s -> s.outcome() instanceof Outcome.Open)
                        .isPresent();
    }

    /// Whether a member's wait ended because all waited, and they still do: nobody who may be begun is left.
    public static boolean stalled(Population seen, Member member) {
        return member.waitEnded().isPresent()
                && seen.members().stream()
                        .filter(m -> m.live() && !m.id().equals(member.id()))
                        .allMatch(m -> m.status() == Member.Status.WAITING);
    }

    /// How many more may begin to train.
    public static int places(Population seen) {
        return seen.specification().population()
                - (int) seen.members().stream().filter(Configurations::working).count();
    }

    /// The pair that a member had when it came to a step of its own.
    public static Optional<Pair> at(Member member, long step) {
        return member.segments().stream()
                .flatMap(s -> s.pair().stream())
                .filter(p -> p.step() >= step)
                .findFirst();
    }

    /// Steps that were begun, those of failed segments included: what is given back for a failure would
    /// never end where every configuration fails.
    public static long begun(Population seen) {
        long begun = 0;
        for (var member : seen.members()) {
            for (var segment : member.segments()) {
                begun += begun(segment);
            }
        }
        return begun;
    }

    private static long begun(Segment segment) {
        return segment.pair()
                .map(p -> p.step() - segment.startStep())
                .orElse(segment.plan().until() instanceof Until.Steps steps ? steps.step() - segment.startStep() : 0L);
    }

    /// The same values with the own weights, to a step of the member's own.
    public static Train on(Member member, long until, long order, Because because) {
        var weights = member.held().isPresent() ? new Weights.Own() : new Weights.Fresh();
        return new Train(
                weights,
                member.segment().map(Segment::values).orElseThrow(),
                new Plan(new Until.Steps(until), 1, true, order),
                because);
    }
}
