package dev.clade.tuners.bayesian;

import dev.clade.pbt.Ready;
import dev.clade.population.Because;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Stop;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Entry;
import dev.clade.population.Failure;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.tune.Initial;
import dev.clade.tune.Tuner;
import dev.clade.tuners.gp.Encoding;

/// Bayesian optimisation (Snoek, Larochelle, Adams 2012, arXiv 1206.2944): a member is one configuration,
/// trained to the end of the budget on its own weights. The first ones are drawn, stratified; each later
/// one is where the acquisition is highest, given what came of those before and where others are under way.
///
/// It is sequential: with fewer at once than the population, it takes as long as several trainings do, one
/// after the other. A decision's cost does not grow with the population beyond the window.
///
/// @param atOnce how many configurations may be under way
/// @param initial how many are drawn before the first is proposed
/// @param window how many rows are conditioned on: the best half, and of the others the newest
record BayesianOptimisation(Ready ready, int atOnce, int initial, Acquisition acquisition, int window)
        implements Tuner {

    static final String WORD = "bo";

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
            return begin(seen, who, random);
        }
        return member.failure().map(BayesianOptimisation::givenUp).orElseGet(() -> goOn(seen, member));
    }

    private Decision begin(Population seen, MemberId who, Randomness random) {
        var specification = seen.specification();
        var cube = Encoding.of(specification.space());
        var rows = Rows.of(seen, cube).within(window);
        boolean drawn = who.index() < Math.max(initial, specification.starts().size())
                || specification.control(who)
                || rows.blind();
        if (drawn) {
            var values = Initial.values(specification, who, initial, random);
            return new Train(new Weights.Fresh(), values, ready.next(who, seen), Because.of("begun"));
        }
        var proposal = Proposal.of(rows, cube, acquisition, random);
        return new Train(
                new Weights.Fresh(),
                cube.values(proposal.point().coordinates()),
                ready.next(who, seen),
                ready.explained(proposal.because(specification.metric())));
    }

    private Decision goOn(Population seen, Member member) {
        return new Train(
                member.held().isPresent() ? new Weights.Own() : new Weights.Fresh(),
                member.segment().orElseThrow().values(),
                ready.next(member.id(), seen),
                ready.explained(Because.of("own")));
    }

    /// The configuration is what has failed; another one will be proposed.
    private static Decision givenUp(Failure failure) {
        return new Stop(Because.of(failure.kind() == Failure.Kind.DIVERGED ? "diverged" : "failed"));
    }

    /// Those that are over, and as many as may be under way: the next one is proposed when it can know most.
    @Override
    public int members(Population seen) {
        long over = seen.members().stream().filter(m -> Rows.over(seen, m)).count();
        return (int) Math.min(seen.specification().population(), over + atOnce);
    }

    @Override
    public Tuner learn(Entry entry, Population after) {
        return new BayesianOptimisation(ready.learn(entry, after), atOnce, initial, acquisition, window);
    }

    @Override
    public boolean learns() {
        return ready.learns();
    }

    @Override
    public boolean serial() {
        return true;
    }
}
