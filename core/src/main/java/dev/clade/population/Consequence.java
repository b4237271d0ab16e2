package dev.clade.population;

import dev.clade.population.Member.Status;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What follows from a state by rule, whoever sees it first: the store appends it in the transaction that brought the
/// state about, or when a deadline has passed.
public final class Consequence {

    private Consequence() {}

    /// The next event that follows, if any; ask again after it is folded.
    ///
    /// @param now the running clock
    public static Optional<Event> of(Population population, Duration now) {
        return population.ended().isPresent() || population.moved().isPresent()
                ? Optional.empty()
                : end(population, now).or(() -> barrier(population, now)).or(() -> wait(population, now));
    }

    /// When, on the running clock, something follows by the clock alone, if nothing happens before.
    public static Optional<Duration> deadline(Population population) {
        if (population.ended().isPresent() || population.moved().isPresent()) {
            return Optional.empty();
        }
        var specification = population.specification();
        var barrier = specification
                .synchrony()
                .flatMap(Synchrony::deadline)
                .flatMap(late -> population.quorumAt().map(late::plus));
        return Stream.of(
                        specification.budget().time(),
                        barrier,
                        population.waits().firstDeadline())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private static Optional<Event> end(Population population, Duration now) {
        var budget = population.specification().budget();
        if (population.targetMet()) {
            return Optional.of(new Event.ExperimentEnded("target"));
        }
        if (budget.time().filter(t -> now.compareTo(t) >= 0).isPresent()) {
            return Optional.of(new Event.ExperimentEnded("time"));
        }
        if (population.live() > 0
                || population.size() < population.specification().population()) {
            return Optional.empty();
        }
        boolean trained = population.members().stream()
                .anyMatch(
                        m -> m.ended().filter(Specification.OVER_BUDGET::equals).isPresent());
        return Optional.of(new Event.ExperimentEnded(trained ? Specification.OVER_BUDGET : Specification.NOBODY_LEFT));
    }

    private static Optional<Event> barrier(Population population, Duration now) {
        var synchrony = population.specification().synchrony();
        if (synchrony.isEmpty()
                || population.size() < population.specification().population()) {
            return Optional.empty();
        }
        int there = population.assembledSoFar();
        if (there == 0) {
            return Optional.empty();
        }
        boolean late = synchrony.get().deadline().isPresent()
                && population
                        .quorumAt()
                        .filter(at ->
                                now.compareTo(at.plus(synchrony.get().deadline().get())) >= 0)
                        .isPresent();
        boolean complete = there == population.live();
        return complete || late
                ? Optional.of(new Event.BarrierClosed(
                        population.generation() + 1, present(population), complete ? "all" : "deadline"))
                : Optional.empty();
    }

    /// Whether enough members have the next generation's outcome.
    static boolean quorum(Population population) {
        return population
                .specification()
                .synchrony()
                .filter(s -> {
                    int present = population.assembledSoFar();
                    return present > 0 && present >= s.quorum() * population.live();
                })
                .isPresent();
    }

    /// Who has the next generation's outcome.
    static List<MemberId> present(Population population) {
        int generation = population.generation() + 1;
        return population.members().stream()
                .filter(m -> m.status() == Status.UNDECIDED && m.decided() == generation)
                .map(Member::id)
                .toList();
    }

    private static Optional<Event> wait(Population population, Duration now) {
        var waits = population.waits();
        if (waits.members().isEmpty()) {
            return Optional.empty();
        }
        if (waits.firstDeadline().filter(at -> now.compareTo(at) >= 0).isPresent()) {
            return waiting(population)
                    .filter(m -> now.compareTo(m.waiting().orElseThrow().deadline()) >= 0)
                    .findFirst()
                    .map(m -> new Event.WaitEnded(m.id(), "deadline"));
        }
        return waits.members().size() == population.live()
                ? waiting(population)
                        .min(Comparator.<Member>comparingLong(
                                        m -> m.waiting().orElseThrow().until().order())
                                .thenComparing(Member::id))
                        .map(m -> new Event.WaitEnded(m.id(), "stalled"))
                : Optional.empty();
    }

    private static Stream<Member> waiting(Population population) {
        return population.waits().members().stream().map(population::member);
    }
}
