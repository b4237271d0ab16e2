package dev.clade.tuners.bayesian;

import dev.clade.fault.Fault;
import dev.clade.pbt.PbtReader;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;

/// Bayesian optimisation, `tuner: {bo: {at_once: 4, initial: 10, acquisition: ei, window: 200}}`; all of
/// its settings may be left out:
///
/// - `at_once`: configurations under way at a time; a quarter of the population, rounded up.
/// - `initial`: configurations that are drawn first; a quarter of the population, but no more than two for
/// each hyperparameter and two more.
/// - `acquisition`: `ei`, expected improvement; `ucb`, the upper bound of what is believed; `thompson`, a
/// draw from it.
/// - `window`: configurations that a decision goes by, 200.
public final class Bayesian implements Tuners {

    private static final int DEFAULT_WINDOW = 200;
    private static final int LEAST_WINDOW = 8;

    /// A part of the population: so many rounds, or so many that are drawn first.
    private static final int QUARTER = 4;

    @Override
    public String word() {
        return BayesianOptimisation.WORD;
    }

    @Override
    public Tuner read(Specification specification) {
        if (specification.budget().steps().isEmpty()) {
            throw new Fault(
                    1320,
                    "the tuner 'bo' trains each configuration to the end of a budget of steps.",
                    "a budget of " + specification.budget() + ".",
                    "'steps' in the budget.",
                    "add, say, 'steps: 20k' to the budget.");
        }
        var fields = settings(specification);
        int quarter = (specification.population() + QUARTER - 1) / QUARTER;
        int coordinates = specification.space().parameters().stream()
                .mapToInt(p -> Math.max(1, p.size()))
                .sum();
        var tuner = new BayesianOptimisation(
                PbtReader.ready(specification),
                fields.find("at_once").map(s -> s.asCount(1)).orElse(quarter),
                fields.find("initial").map(s -> s.asCount(1)).orElse(Math.min(quarter, 2 * (coordinates + 1))),
                fields.find("acquisition").map(Bayesian::acquisition).orElse(Acquisition.EI),
                fields.find("window").map(s -> s.asCount(LEAST_WINDOW)).orElse(DEFAULT_WINDOW));
        fields.end();
        return tuner;
    }

    private static Acquisition acquisition(Setting setting) {
        return switch (setting.asText()) {
            case "ei" -> Acquisition.EI;
            case "ucb" -> Acquisition.UCB;
            case "thompson" -> Acquisition.THOMPSON;
            default -> throw setting.wrong(setting.asText(), "ei, ucb or thompson");
        };
    }
}
