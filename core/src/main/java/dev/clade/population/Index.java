package dev.clade.population;

import dev.clade.population.Member.Status;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// What is known of the members together, kept up with each change of one, so that nobody walks through all
/// of them to find it out.
///
/// @param over the members that are over
record Index(Tally tally, Waits waits, Ordered<MemberId> over, Scoreboard scores) {

    static final Index NONE = new Index(Tally.NONE, Waits.NONE, Ordered.by(Comparator.naturalOrder()), Scoreboard.NONE);

    /// Of members that are there already.
    static Index of(Collection<Member> members, Specification specification) {
        var index = NONE;
        for (var member : members) {
            index = index.changed(Optional.empty(), member, specification);
        }
        return index;
    }

    /// @param old the member before, none if it is new
    Index changed(Optional<Member> old, Member member, Specification specification) {
        var counted = tally.with(member);
        var waiting = waits;
        if (old.isPresent()) {
            counted = counted.without(old.get());
            waiting = waits(old.get()) ? waiting.without(old.get()) : waiting;
        }
        return new Index(
                counted,
                waits(member) ? waiting.with(member) : waiting,
                member.live() ? revived(old) : over.plus(member.id()),
                ranked(old, member, specification));
    }

    private Ordered<MemberId> revived(Optional<Member> old) {
        return old.filter(m -> !m.live()).map(m -> over.minus(m.id())).orElse(over);
    }

    private Scoreboard ranked(Optional<Member> old, Member member, Specification specification) {
        var before = old.flatMap(m -> Scoreboard.of(m, specification));
        var after = Scoreboard.of(member, specification);
        if (before.equals(after)) {
            return scores;
        }
        var without = before.map(scores::without).orElse(scores);
        return after.map(without::with).orElse(without);
    }

    private static boolean waits(Member member) {
        return member.status() == Status.WAITING;
    }
}
