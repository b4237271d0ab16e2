package dev.clade.tuners.frequencies;

import dev.clade.pbt.Explore;
import dev.clade.pbt.Ready;
import dev.clade.pbt.Standing.Place;
import dev.clade.population.Because;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Entry;
import dev.clade.population.Group;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.tune.Initial;
import dev.clade.tune.Tuner;
import java.util.Locale;
import java.util.Optional;

/// MF-PBT. A segment is one base interval; the sub-population of frequency `d` evolves at each `d`-th:
///
/// ```
/// winners W, survivors S, open O, losers L: the quarters of the sub-population by rank
/// each of L  <- the winner of equal rank, and explore
/// each of O, best first, while the next best outsider m is better:
///     weights          <- m
///     hyperparameters  <- m's                     where m's sub-population is slower: all of it
///                      <- the own best member's   where it is faster: its schedule is not trusted
///                         its own                 where it is as fast
/// ```
///
/// Nobody waits for a round: each member has it when its own count of segments comes to a multiple of `d`
/// (see [Round]). Who diverged is healed at once, from the best of its sub-population. Donors are newest
/// pairs, so nothing else need be kept.
record FrequencyTuner(Frequencies frequencies, Ready ready, Explore explore) implements Tuner {

    static final String WORD = "mf-pbt";
    private static final int REVISION = 1;

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public int revision() {
        return REVISION;
    }

    @Override
    public Decision decide(Population seen, MemberId who, Randomness random) {
        var member = seen.member(who);
        if (member.decided() == 0) {
            var values = Initial.values(seen.specification(), who, random);
            return train(seen, member, new Weights.Fresh(), values, Because.of("begun"));
        }
        if (seen.specification().control(who)) {
            return goOn(seen, member, Because.of("control"));
        }
        int every = frequencies.of(member);
        var round = Round.of(seen, member, every);
        if (member.failure().isPresent()) {
            return healed(seen, member, round, random);
        }
        if (member.decided() % every != 0) {
            var between = Because.of("between rounds")
                    .and("frequency", every)
                    .and("segments to go", every - member.decided() % every);
            return goOn(seen, member, between);
        }
        return evolved(seen, member, round, every, random);
    }

    private Decision healed(Population seen, Member member, Round round, Randomness random) {
        var because = Because.of("healed").and("score", Double.NEGATIVE_INFINITY);
        return round.healthy()
                .map(donor -> cloned(seen, member, donor, because, random))
                .orElseGet(() -> goOn(seen, member, because.and("donor", "nobody qualifies")));
    }

    private Decision evolved(Population seen, Member member, Round round, int every, Randomness random) {
        int rank = round.rank(member.id());
        var bracket = round.bracket(rank);
        var because = Because.of(bracket.name().toLowerCase(Locale.ROOT))
                .and("frequency", every)
                .and("round", round.number())
                .and(
                        "rank",
                        rank < 0 ? "none" : (rank + 1) + " of " + round.home().size())
                .and("score", rank < 0 ? Double.NaN : round.home().get(rank).score());
        var decision = switch (bracket) {
            case LOSER -> round.winner(rank).map(donor -> cloned(seen, member, donor, because, random));
            case OPEN -> round.outsider(rank).map(donor -> adopted(seen, member, donor, round, because, random));
            case WINNER, SURVIVOR, NONE -> Optional.<Decision>empty();
        };
        return decision.orElseGet(() -> goOn(seen, member, because));
    }

    private Decision cloned(Population seen, Member member, Place donor, Because because, Randomness random) {
        var pair = donor.pair().orElseThrow();
        var moved = explore.from(
                seen.specification().space().completed(pair.values().active(), random),
                Optional.of(pair),
                member.id(),
                seen,
                random);
        return train(seen, member, Round.weights(pair), moved.values(), from(donor, because));
    }

    /// The weights of an outsider, under the hyperparameters that the two frequencies call for.
    private Decision adopted(
            Population seen, Member member, Place donor, Round round, Because because, Randomness random) {
        var pair = donor.pair().orElseThrow();
        int own = frequencies.of(member);
        int other = frequencies.of(seen.member(donor.member()));
        var source = own < other ? pair : round.home().getFirst().pair().orElse(pair);
        var values = own == other ? current(member) : source.values();
        return train(
                seen,
                member,
                Round.weights(pair),
                seen.specification().space().structured(values, pair.values(), random),
                from(donor, because)
                        .and("donor's frequency", other)
                        .and("values of", own == other ? member.id() : source.member()));
    }

    private static Because from(Place donor, Because because) {
        return because.and("donor", donor.member())
                .and("opponent", donor.member())
                .and("opponent score", donor.score());
    }

    private Decision goOn(Population seen, Member member, Because because) {
        var weights = member.held().isPresent() ? new Weights.Own() : new Weights.Fresh();
        return train(seen, member, weights, current(member), because);
    }

    private Decision train(Population seen, Member member, Weights weights, Hyperparameters values, Because because) {
        return new Train(weights, values, ready.next(member.id(), seen), ready.explained(because));
    }

    private static Hyperparameters current(Member member) {
        return member.segment().orElseThrow().values();
    }

    @Override
    public Group group(MemberId who) {
        return frequencies.group(who);
    }

    @Override
    public Tuner learn(Entry entry, Population after) {
        return new FrequencyTuner(frequencies, ready.learn(entry, after), explore.learn(entry, after));
    }

    @Override
    public boolean learns() {
        return ready.learns() || explore.learns();
    }

    @Override
    public boolean serial() {
        return explore.serial();
    }
}
