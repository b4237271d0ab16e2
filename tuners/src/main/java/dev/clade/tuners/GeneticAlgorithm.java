package dev.clade.tuners;

import dev.clade.fault.Fault;
import dev.clade.pbt.Explore;
import dev.clade.pbt.PbtReader;
import dev.clade.population.Specification;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.util.Set;
import java.util.stream.IntStream;

/// A plain genetic algorithm on hyperparameters (Goldberg 1989), for the comparison that the paper makes in
/// its introduction: sequential, and it never copies weights. Each individual is a training from new
/// weights; the next generation begins when the last of this one has ended, so that wall-clock is
/// `generations` trainings in a row.
///
/// All together train `population * steps`: with `steps` S of one training (of the experiment's budget R,
/// all of it where not given) that is `population * R / S` individuals, in `generations` as equal as they
/// can be. A generation is never larger than the population. Parents are drawn from the best individuals so
/// far, as many as the generation before had; each is the better of two drawn uniformly; each parameter
/// comes from either parent with equal chance and is then moved by `explore`.
public final class GeneticAlgorithm implements Tuners {

    static final String WORD = "ga";

    /// Ours.
    private static final int DEFAULT_GENERATIONS = 4;

    /// Ours: about half of the parameters move, some of them anywhere, so that choices do, too.
    private static final Explore DEFAULT_EXPLORE =
            new Explore.Perturb(Explore.Perturb.DEFAULT_DOWN, Explore.Perturb.DEFAULT_UP, 0.25, 0.5, false);

    /// Less than two have nothing to be chosen from.
    private static final int LEAST = 2;

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public Set<String> parts() {
        return Set.of("explore");
    }

    @Override
    public Tuner read(Specification specification) {
        var fields = settings(specification);
        long all = Configurations.steps(specification, WORD);
        long budget = specification.budget().steps().orElseThrow();
        int generations = fields.find("generations").map(g -> g.asCount(LEAST)).orElse(DEFAULT_GENERATIONS);
        var given = fields.find("steps");
        long steps = given.map(s -> (long) s.asCount(1)).orElse(budget);
        fields.end();
        if (steps > budget) {
            throw given.orElseThrow().wrong(steps + "", "at most the budget's " + budget + " steps");
        }
        long individuals = all / steps;
        refuse(specification, generations, steps, individuals);
        var sizes = IntStream.range(0, generations)
                .mapToObj(g -> (int) (individuals / generations + (g < individuals % generations ? 1 : 0)))
                .toList();
        boolean explores = specification.settings().entries().containsKey("explore");
        return new GeneticTuner(
                sizes, steps, explores ? PbtReader.pbt(specification).explore() : DEFAULT_EXPLORE);
    }

    private static void refuse(Specification specification, int generations, long steps, long individuals) {
        long budget = specification.budget().steps().orElseThrow();
        if (individuals < (long) LEAST * generations) {
            long least = ((long) LEAST * generations * steps + budget - 1) / budget;
            throw new Fault(
                    1347,
                    Configurations.place(specification, "population") + "a population of " + specification.population()
                            + " is too small for " + generations
                            + " generations.",
                    individuals + " trainings of " + steps + " steps in all.",
                    "a population of at least " + least + ": two individuals a generation.",
                    "raise 'population', or lower 'generations' or 'steps' of the tuner.");
        }
        if (individuals > (long) specification.population() * generations) {
            throw new Fault(
                    1349,
                    Configurations.place(specification, "tuner") + "generations would be larger than the population.",
                    individuals + " trainings of " + steps + " steps, in " + generations + " generations.",
                    "at least " + (individuals + specification.population() - 1) / specification.population()
                            + " generations.",
                    "raise 'generations' or 'steps' of the tuner.");
        }
    }
}
