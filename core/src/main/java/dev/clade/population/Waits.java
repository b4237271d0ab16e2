package dev.clade.population;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/// Who waits for others.
///
/// @param members by identity
/// @param deadlines of each of them, the first one first
record Waits(Ordered<MemberId> members, Ordered<Deadline> deadlines) {

    static final Waits NONE = new Waits(
            Ordered.by(Comparator.naturalOrder()),
            Ordered.by(Comparator.comparing(Deadline::at).thenComparing(Deadline::member)));

    private record Deadline(Duration at, MemberId member) {
        static Deadline of(Member member) {
            return new Deadline(member.waiting().orElseThrow().deadline(), member.id());
        }
    }

    Waits with(Member member) {
        return new Waits(members.plus(member.id()), deadlines.plus(Deadline.of(member)));
    }

    Waits without(Member member) {
        return new Waits(members.minus(member.id()), deadlines.minus(Deadline.of(member)));
    }

    /// On the running clock.
    Optional<Duration> firstDeadline() {
        return deadlines.first().map(Deadline::at);
    }
}
