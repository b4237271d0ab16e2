package dev.clade.tuners.fire;

import dev.clade.pbt.Exploit;
import dev.clade.pbt.Explore;
import dev.clade.pbt.Standing;
import dev.clade.population.Because;
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
import java.util.Locale;
import java.util.Optional;

/// FIRE PBT:
///
/// ```
/// P1:         exploit and explore by the metric
/// P2 ... Pn:  exploit and explore by the rate of improvement that evaluators see
/// evaluator:  weights         <- the member of P2 that was not tried for longest
///             hyperparameters <- the best member's of P1, its child
///             trains while it may still prove better than its child at equal scores
///             if it does, the child takes its weights, and keeps its hyperparameters
/// ```
///
/// Everything is read off the log, whatever was forgotten: a trial is an evaluator's segments since its copy,
/// and its child is who has the hyperparameters tried. A successful evaluator trains on until its child, at
/// its own next decision, has taken its newest weights; so no older ones need be kept, and nobody waits.
/// Before there is anybody to try, an evaluator trains a network of its own.
///
/// @param quantile the share of a sub-population that copies, and that is copied
/// @param most t_max in steps: how long an evaluator may stay below its child
record Fire(Divisions divisions, Grid grid, double quantile, double most, Explore explore) implements Tuner {

    static final String WORD = "fire";
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
            return train(member, new Weights.Fresh(), values, Because.of("begun"));
        }
        if (seen.specification().control(who)) {
            return goOn(member, Because.of("control"));
        }
        if (member.failure().isEmpty() && !grid.ready(member)) {
            return goOn(member, Because.of("between ready points"));
        }
        var trials = new Trials(seen, divisions, most, grid.every());
        return divisions.level(member) > 0
                ? improved(seen, member, trials, random)
                : evaluated(seen, member, trials, random);
    }

    // ---- members of sub-populations

    private Decision improved(Population seen, Member member, Trials trials, Randomness random) {
        int level = divisions.level(member);
        if (member.failure().isPresent()) {
            return exploited(seen, member, trials.byScore(level, member.id()), "score", random);
        }
        var offer = trials.offer(member);
        if (offer.isPresent()) {
            return taken(seen, member, offer.get(), random);
        }
        return level == 1
                ? exploited(seen, member, trials.byScore(level, member.id()), "score", random)
                : exploited(seen, member, trials.byImprovement(level), "improvement", random);
    }

    private Decision exploited(Population seen, Member member, Standing standing, String by, Randomness random) {
        var choice = new Exploit.Truncation(quantile).choose(member.id(), standing, random.of("exploit"));
        int rank = standing.rank(member.id());
        var because = choice.because()
                .and("by", by)
                .and("score", rank < 0 ? Double.NaN : standing.best().get(rank).score());
        return choice.donor()
                .map(donor -> replaced(seen, member, donor, because, random))
                .orElseGet(() -> goOn(member, because));
    }

    private Decision replaced(Population seen, Member member, Pair donor, Because because, Randomness random) {
        var inherited = seen.specification().space().completed(donor.values().active(), random);
        var moved = explore.from(inherited, Optional.of(donor), member.id(), seen, random);
        return train(member, weights(donor), moved.values(), because.and("donor", donor.member()));
    }

    /// The weights of an evaluator that has proven better.
    private Decision taken(Population seen, Member member, Trials.Offer offer, Randomness random) {
        var pair = offer.pair();
        var because = Because.of("taken from an evaluator")
                .and("by", "lead over the own curve")
                .and("score", 0.0)
                .and("opponent", pair.member())
                .and("opponent score", offer.lead())
                .and("parent", offer.trial().parent().member())
                .and("donor", pair.member());
        return train(member, weights(pair), structured(seen, current(member), pair, random), because);
    }

    // ---- evaluators

    private Decision evaluated(Population seen, Member member, Trials trials, Randomness random) {
        var trial = Trial.of(member);
        var verdict = trial.map(trials::verdict);
        var because = Because.of("evaluates")
                .and(
                        "trial",
                        verdict.map(v -> v.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                                .orElse("none"));
        if (member.failure().isEmpty() && verdict.filter(v -> !v.over()).isPresent()) {
            return goOn(
                    member, because.and("parent", trial.orElseThrow().parent().member()));
        }
        return trials.task(member)
                .map(task -> tries(seen, member, task, because, random))
                .orElseGet(() -> goOn(member, because.and("next", "nobody to try")));
    }

    /// An evaluator is no candidate: what it has trained counts nothing.
    private Decision tries(Population seen, Member member, Trials.Task task, Because because, Randomness random) {
        var values = task.child().segment().orElseThrow().values();
        var facts = because.and("parent", task.parent().member())
                .and("child", task.child().id())
                .and("steps untried", task.idle())
                .and("score", Double.NEGATIVE_INFINITY)
                .and(
                        "opponent score",
                        seen.specification().metric().score(task.parent().evaluation()))
                .and("donor", task.parent().member());
        return train(member, weights(task.parent()), structured(seen, values, task.parent(), random), facts);
    }

    // ---- trains

    private static Weights weights(Pair donor) {
        return new Weights.Of(donor.member(), donor.segment(), donor.checkpoint());
    }

    private static Hyperparameters structured(
            Population seen, Hyperparameters values, Pair weights, Randomness random) {
        return seen.specification().space().structured(values, weights.values(), random);
    }

    private Decision goOn(Member member, Because because) {
        var weights = member.held().isPresent() ? new Weights.Own() : new Weights.Fresh();
        return train(member, weights, current(member), because);
    }

    private Decision train(Member member, Weights weights, Hyperparameters values, Because because) {
        return new Train(weights, values, grid.next(member), because);
    }

    private static Hyperparameters current(Member member) {
        return member.segment().orElseThrow().values();
    }

    @Override
    public Group group(MemberId who) {
        return divisions.group(who);
    }

    @Override
    public Tuner learn(Entry entry, Population after) {
        return new Fire(divisions, grid, quantile, most, explore.learn(entry, after));
    }

    @Override
    public boolean learns() {
        return explore.learns();
    }

    @Override
    public boolean serial() {
        return explore.serial();
    }
}
