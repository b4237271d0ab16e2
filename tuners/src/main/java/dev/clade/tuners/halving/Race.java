package dev.clade.tuners.halving;

import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.tuners.Configurations;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A bracket as far as it has come.
///
/// @param members of the bracket, as far as they are enrolled
record Race(Population seen, Bracket bracket, List<Member> members) {

    static Race of(Population seen, Brackets brackets, int number) {
        int from = Math.min(seen.size(), brackets.first(number));
        int to = Math.min(seen.size(), brackets.first(number + 1));
        return new Race(seen, brackets.all().get(number), seen.members().subList(from, to));
    }

    /// How many that train to a rung have no outcome there yet.
    int missing(int rung) {
        var there = entrants(rung);
        int unborn = rung == 0 ? bracket.size() - members.size() : 0;
        return unborn + (int) there.stream().filter(m -> !done(m, rung)).count();
    }

    private boolean done(Member member, int rung) {
        return score(member, rung).isPresent() || !member.live() || Configurations.lost(seen, member);
    }

    /// Who trains to a rung, best first: of those that have a score at the one before it, as many as there
    /// are places. It is for good once nobody is missing there.
    List<Member> entrants(int rung) {
        return rung == 0
                ? members
                : entrants(rung - 1).stream()
                        .flatMap(m -> score(m, rung - 1).map(s -> new Scored(m, s)).stream())
                        .sorted(Comparator.comparingDouble((Scored s) -> -s.score())
                                .thenComparing(s -> s.member().id()))
                        .limit(bracket.places().get(rung))
                        .map(Scored::member)
                        .toList();
    }

    private record Scored(Member member, double score) {}

    /// The score that a member had when it came to a rung.
    private Optional<Double> score(Member member, int rung) {
        return Configurations.at(member, bracket.rungs().at(rung))
                .map(p -> seen.specification().metric().score(p.evaluation()))
                .filter(Double::isFinite);
    }

    /// The place of a member among those that train to a rung, from 0, or -1.
    static int rank(List<Member> entrants, MemberId who) {
        return entrants.stream().map(Member::id).toList().indexOf(who);
    }

    /// How many of those that go before have not begun: they are where the member is.
    static int ahead(List<Member> before, Member member) {
        return (int) before.stream()
                .filter(m -> m.live() && m.step() == member.step() && !Configurations.working(m))
                .count();
    }
}
