package dev.clade.population;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Each member's latest score on the metric that it is ranked by, best first; equal ones by identity. Members
/// that failed or diverged stand last. Controls, and members that have not been measured since their last
/// copy, have no place. Places are found in O(log N); kept up with each change of a member.
public final class Scoreboard {

    private final Ordered<Score> best;
    private final Ordered<MemberId> givers;

    /// A member's score: more is better.
    public record Score(MemberId member, double score) {

        private static final Comparator<Score> BEST_FIRST =
                Comparator.comparingDouble((Score s) -> -s.score).thenComparing(Score::member);

        boolean gives() {
            return score > Double.NEGATIVE_INFINITY;
        }
    }

    static final Scoreboard NONE =
            new Scoreboard(Ordered.by(Score.BEST_FIRST), Ordered.by(Comparator.<MemberId>naturalOrder()));

    private Scoreboard(Ordered<Score> best, Ordered<MemberId> givers) {
        this.best = best;
        this.givers = givers;
    }

    Scoreboard with(Score score) {
        return new Scoreboard(best.plus(score), score.gives() ? givers.plus(score.member()) : givers);
    }

    Scoreboard without(Score score) {
        return new Scoreboard(best.minus(score), score.gives() ? givers.minus(score.member()) : givers);
    }

    /// The score that a member is ranked by, if it is.
    static Optional<Score> of(Member member, Specification specification) {
        if (!member.ranked() || specification.control(member.id())) {
            return Optional.empty();
        }
        if (member.failure().isPresent()) {
            return Optional.of(new Score(member.id(), Double.NEGATIVE_INFINITY));
        }
        return member.standing()
                .map(pair -> new Score(member.id(), specification.metric().score(pair.evaluation())));
    }

    /// All scores, best first.
    public List<Score> best() {
        return best;
    }

    /// The place of a score, from 0, or -1.
    public int place(Score score) {
        return best.place(score);
    }

    /// The members that a donor may be chosen from, by identity: neither failed nor diverged.
    public List<MemberId> givers() {
        return givers;
    }

    /// The place of a member among the givers, from 0, or -1.
    public int giver(MemberId member) {
        return givers.place(member);
    }
}
