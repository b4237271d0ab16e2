package dev.clade.tuners.fire;

import dev.clade.pbt.Ranking;
import dev.clade.pbt.Standing;
import dev.clade.pbt.Standing.Place;
import dev.clade.population.Member;
import dev.clade.population.Member.Status;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.tuners.fire.Trial.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// All that evaluators are at, in a population: what the improvement of parents is judged by, what children
/// may take, and which parent comes next.
///
/// @param most t_max, in steps
/// @param start nobody is tried before so many steps of its own
record Trials(Population seen, Divisions divisions, double most, long start) {

    private List<Member> members(int level) {
        return seen.members().stream().filter(m -> divisions.level(m) == level).toList();
    }

    private List<Member> evaluators(int level) {
        return seen.members().stream().filter(m -> divisions.tries(m) == level).toList();
    }

    // ---- places

    /// The sub-population by metric.
    Standing byScore(int level, MemberId viewer) {
        var all = new Ranking.Latest().of(seen, viewer);
        return new Standing(
                all.best().stream()
                        .filter(p -> divisions.level(seen.member(p.member())) == level)
                        .toList(),
                all.sign(),
                all.leftOut());
    }

    /// The sub-population by the rate at which its members improve: each by the sum of its leads, under
    /// trial, over all others under trial. Who is under none has no place.
    Standing byImprovement(int level) {
        var curves = curves(level);
        var places = new ArrayList<Place>();
        curves.forEach((who, own) -> {
            double sum = 0;
            for (var other : curves.entrySet()) {
                sum += other.getKey().equals(who) ? 0 : own.lead(other.getValue());
            }
            places.add(new Place(who, seen.member(who).standing(), sum));
        });
        places.sort(Comparator.comparingDouble((Place p) -> -p.score()).thenComparing(Place::member));
        return new Standing(places, 1, new TreeMap<>());
    }

    /// By parent; the longest where two evaluators try it.
    private Map<MemberId, Curve> curves(int level) {
        var curves = new TreeMap<MemberId, Curve>();
        for (var evaluator : evaluators(level)) {
            var trial = Trial.of(evaluator)
                    .filter(t -> t.parentStays(seen) && measured(t.parent().member()));
            trial.flatMap(t -> t.stretch().curve(seen))
                    .ifPresent(curve -> curves.merge(
                            trial.get().parent().member(), curve, (a, b) -> a.length() >= b.length() ? a : b));
        }
        return curves;
    }

    private boolean measured(MemberId who) {
        return seen.member(who).standing().isPresent();
    }

    // ---- children

    /// For whom a trial is: the best of the sub-population below that have the hyperparameters tried.
    Optional<Member> child(Trial trial) {
        int level = divisions.tries(trial.evaluator()) - 1;
        return members(level).stream()
                .filter(m -> m.standing().isPresent() && trial.tries(seen, m))
                .max(Comparator.comparingDouble((Member m) -> seen.specification()
                                .metric()
                                .score(m.standing().orElseThrow().evaluation()))
                        .thenComparing(Member::id, Comparator.reverseOrder()));
    }

    Verdict verdict(Trial trial) {
        return trial.verdict(seen, child(trial), most);
    }

    /// What a child may take: the weights of the evaluator that leads it by most.
    ///
    /// @param lead the evaluator's curve over the child's, as [Curve#lead(Curve)] has it
    record Offer(Trial trial, double lead, Pair pair) {}

    Optional<Offer> offer(Member child) {
        return evaluators(divisions.level(child) + 1).stream()
                .flatMap(e -> Trial.of(e).stream())
                .filter(t -> child(t).filter(c -> c.id().equals(child.id())).isPresent())
                .filter(t -> verdict(t) == Verdict.SUCCEEDS)
                .flatMap(t -> t.evaluator().standing().stream().map(pair -> new Offer(t, lead(t, child), pair)))
                .max(Comparator.comparingDouble(Offer::lead)
                        .thenComparing(o -> o.trial().evaluator().id(), Comparator.reverseOrder()));
    }

    private double lead(Trial trial, Member child) {
        return trial.stretch()
                .curve(seen)
                .orElseThrow()
                .lead(Stretch.of(child).flatMap(s -> s.curve(seen)).orElseThrow());
    }

    // ---- parents

    /// What an idle evaluator does next.
    ///
    /// @param idle steps that the parent has trained since it was last tried, or replaced
    record Task(Pair parent, Member child, long idle) {}

    /// The task of an evaluator. All that are idle now are served in member order, so that none takes
    /// another's.
    Optional<Task> task(Member evaluator) {
        int level = divisions.tries(evaluator);
        var idle = new ArrayList<Member>();
        var busy = new TreeSet<MemberId>();
        for (var one : evaluators(level)) {
            var trial = Trial.of(one);
            boolean due = one.status() == Status.UNDECIDED && one.decided() > 0;
            if (one.id().equals(evaluator.id())
                    || (due
                            && (one.failure().isPresent()
                                    || trial.isEmpty()
                                    || verdict(trial.get()).over()))) {
                idle.add(one);
            } else {
                trial.ifPresent(t -> busy.add(t.parent().member()));
            }
        }
        var child = best(level - 1, evaluator.id());
        var parents = parents(level, busy);
        int place = idle.indexOf(evaluator);
        return child.isEmpty() || place >= parents.size()
                ? Optional.empty()
                : Optional.of(new Task(
                        parents.get(place).standing().orElseThrow(),
                        child.get(),
                        idle(parents.get(place), tried(level))));
    }

    /// The longest untried first; who was just replaced is last by that, too. Nobody is tried twice at a
    /// time.
    private List<Member> parents(int level, Set<MemberId> busy) {
        var tried = tried(level);
        return members(level).stream()
                .filter(m -> m.live() && m.standing().isPresent() && m.step() >= start && !busy.contains(m.id()))
                .sorted(Comparator.comparingLong((Member m) -> -idle(m, tried)).thenComparing(Member::id))
                .toList();
    }

    private static long idle(Member member, Map<MemberId, Long> tried) {
        long replaced = Stretch.of(member).map(s -> s.first().startStep()).orElse(0L);
        return member.step() - Math.max(replaced, tried.getOrDefault(member.id(), 0L));
    }

    /// At which of its own steps each was last taken for a trial.
    private Map<MemberId, Long> tried(int level) {
        var tried = new TreeMap<MemberId, Long>();
        for (var evaluator : evaluators(level)) {
            for (var segment : evaluator.segments()) {
                if (segment.source() instanceof dev.clade.population.Segment.Source.Copied copied) {
                    tried.merge(copied.pair().member(), copied.pair().step(), Math::max);
                }
            }
        }
        return tried;
    }

    /// The best of a sub-population that was not just replaced: by improvement where that is known, else by
    /// metric.
    private Optional<Member> best(int level, MemberId viewer) {
        var standing = level == 1 ? byScore(level, viewer) : byImprovement(level);
        var best = standing.best().isEmpty() ? byScore(level, viewer) : standing;
        return best.best().stream()
                .filter(p -> p.pair().isPresent())
                .map(p -> seen.member(p.member()))
                .filter(m -> Stretch.of(m).flatMap(s -> s.curve(seen)).isPresent())
                .findFirst();
    }
}
