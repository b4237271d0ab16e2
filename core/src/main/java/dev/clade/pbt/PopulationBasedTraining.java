package dev.clade.pbt;

import dev.clade.population.Because;
import dev.clade.population.CheckpointId;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Entry;
import dev.clade.population.Group;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.tune.Initial;
import dev.clade.tune.Tuner;
import java.util.Optional;
import java.util.Set;

/// Population Based Training (Jaderberg et al. 2017, arXiv 1711.09846), Algorithm 1:
///
/// ```
/// for each member (theta, h, p, t) of the population, asynchronously in parallel:
///   while not end of training:
///     theta <- step(theta | h)                      the trainer, until Ready says so
///     p     <- eval(theta)                          the trainer, at the end of the segment
///     if ready(p, t, population):
///       (h', theta') <- exploit(h, theta, p, population)      1
///       if theta' != theta:
///         (h, theta) <- explore(h', theta', population)       2
///         p <- eval(theta)                                    3
///     publish (theta, h, p, t + 1)                  the log
/// return the theta with the highest p               the finals, measured afresh
/// ```
///
/// `decide` is called when a member is ready: at the end of each of its segments. It is a pure function
/// of the population seen and of keyed randomness; the loop, the asynchrony and the log are the
/// worker's.
///
/// @param word what it is called: `pbt`, or the word of an algorithm that is PBT with parts of its own
/// @param revision changes whenever any part decides differently
public record PopulationBasedTraining(
        String word, int revision, Ready ready, Ranking ranking, Exploit exploit, Explore explore, Inherit inherit)
        implements Tuner {

    /// The revision of `pbt`.
    public static final int REVISION = 3;

    /// PBT of these parts.
    public PopulationBasedTraining(Ready ready, Ranking ranking, Exploit exploit, Explore explore, Inherit inherit) {
        this("pbt", REVISION, ready, ranking, exploit, explore, inherit);
    }

    /// The same parts under another name.
    public PopulationBasedTraining called(String other, int itsRevision) {
        return new PopulationBasedTraining(other, itsRevision, ready, ranking, exploit, explore, inherit);
    }

    /// The same with an answer to greed.
    PopulationBasedTraining with(Remedy remedy) {
        return new PopulationBasedTraining(
                word,
                revision,
                new Remedy.Longer(ready, remedy),
                ranking,
                exploit,
                new Remedy.Wider(explore, remedy),
                inherit);
    }

    @Override
    public Decision decide(Population seen, MemberId who, Randomness random) {
        var member = seen.member(who);
        if (member.decided() == 0) {
            return begin(seen, who, random);
        }
        if (seen.specification().control(who)) {
            return goOn(seen, member, Because.of("control"), random);
        }
        var standing = inherit.among(ranking.of(seen, who), seen.specification().space(), member);
        var choice = exploit.choose(who, standing, random.of("exploit"));
        var because = choice.because().and("score", standing.scoreOf(who));
        return choice.donor()
                .map(donor -> replace(seen, member, donor, because, random)) // 1: theta' != theta
                .orElseGet(() -> goOn(seen, member, because, random));
    }

    private Decision begin(Population seen, MemberId who, Randomness random) {
        return new Train(
                new Weights.Fresh(),
                Initial.values(seen.specification(), who, random),
                ready.next(who, seen),
                ready.explained(Because.of("begun")));
    }

    /// The donor's weights and hyperparameters, or the part of them that is inherited, explored. 2. The plan says to
    /// measure the copy before it trains. 3.
    private Decision replace(Population seen, Member member, Pair donor, Because because, Randomness random) {
        var space = seen.specification().space();
        var inherited = inherit.values(space, member, donor, random);
        var began = inherit.weights() ? Optional.of(donor) : member.held();
        var moved = explore.from(inherited, began, member.id(), seen, random);
        var weights =
                inherit.weights() ? new Weights.Of(donor.member(), donor.segment(), donor.checkpoint()) : own(member);
        return new Train(
                weights,
                moved.values(),
                ready.next(member.id(), seen),
                moved.explained(ready.explained(because)).and("donor", donor.member()));
    }

    private Decision goOn(Population seen, Member member, Because because, Randomness random) {
        var values = current(member);
        boolean explored = explore.always() && !seen.specification().control(member.id());
        var moved =
                explored ? explore.from(values, member.held(), member.id(), seen, random) : Explore.Moved.to(values);
        return new Train(
                own(member), moved.values(), ready.next(member.id(), seen), moved.explained(ready.explained(because)));
    }

    private static Weights own(Member member) {
        return member.held().isPresent() ? new Weights.Own() : new Weights.Fresh();
    }

    private static Hyperparameters current(Member member) {
        return member.segment().orElseThrow().values();
    }

    @Override
    public Tuner learn(Entry entry, Population after) {
        var ready = this.ready.learn(entry, after);
        var explore = this.explore.learn(entry, after);
        return new PopulationBasedTraining(word, revision, ready, ranking, exploit, explore, inherit);
    }

    @Override
    public boolean learns() {
        return ready.learns() || explore.learns();
    }

    @Override
    public Group group(MemberId who) {
        return Group.ALL;
    }

    @Override
    public Set<CheckpointId> keeps(Population seen) {
        return ranking.keeps(seen);
    }

    @Override
    public boolean serial() {
        return explore.serial();
    }
}
