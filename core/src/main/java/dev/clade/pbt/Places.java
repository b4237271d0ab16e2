package dev.clade.pbt;

import dev.clade.pbt.Standing.Place;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Scoreboard;
import java.util.AbstractList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.random.RandomGenerator;

/// The places of a standing.
sealed interface Places {

    List<Place> best();

    /// The place of a member, from 0, or -1.
    int rank(MemberId member);

    /// Those of the first places who may give, best first.
    List<Place> givers(int top);

    /// Somebody who may give but for one, drawn uniformly over the members.
    Optional<Place> drawn(MemberId but, RandomGenerator random);

    /// Places that were made one by one.
    record Listed(List<Place> best) implements Places {

        public Listed {
            best = List.copyOf(best);
        }

        @Override
        public int rank(MemberId member) {
            for (int i = 0; i < best.size(); i++) {
                if (best.get(i).member().equals(member)) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public List<Place> givers(int top) {
            return best.subList(0, top).stream().filter(Place::donates).toList();
        }

        @Override
        public Optional<Place> drawn(MemberId but, RandomGenerator random) {
            var others = best.stream()
                    .filter(Place::donates)
                    .filter(p -> !p.member().equals(but))
                    .sorted(Comparator.comparing(Place::member))
                    .toList();
            return others.isEmpty() ? Optional.empty() : Optional.of(others.get(random.nextInt(others.size())));
        }
    }

    /// Places that the population keeps in order: each is found in O(log N).
    record Kept(Population seen) implements Places {

        private Scoreboard scores() {
            return seen.scores();
        }

        private Place place(Scoreboard.Score score) {
            var member = seen.member(score.member());
            var pair = member.failure().isPresent() ? Optional.<Pair>empty() : member.standing();
            return new Place(score.member(), pair, score.score());
        }

        @Override
        public List<Place> best() {
            return new View();
        }

        @Override
        public int rank(MemberId member) {
            return seen.score(member).map(scores()::place).orElse(-1);
        }

        /// Who gives stands before all who do not.
        @Override
        public List<Place> givers(int top) {
            return best().subList(0, Math.min(top, scores().givers().size()));
        }

        @Override
        public Optional<Place> drawn(MemberId but, RandomGenerator random) {
            var givers = scores().givers();
            int own = scores().giver(but);
            int others = givers.size() - (own < 0 ? 0 : 1);
            if (others == 0) {
                return Optional.empty();
            }
            int drawn = random.nextInt(others);
            var other = givers.get(own >= 0 && drawn >= own ? drawn + 1 : drawn);
            return seen.score(other).map(this::place);
        }

        private final class View extends AbstractList<Place> implements RandomAccess {
            @Override
            public Place get(int rank) {
                return place(scores().best().get(rank));
            }

            @Override
            public int size() {
                return scores().best().size();
            }
        }
    }
}
