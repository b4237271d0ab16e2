package dev.clade.tuners.iterated;

import dev.clade.fault.Fault;
import dev.clade.pbt.Exploit;
import dev.clade.pbt.PbtReader;
import dev.clade.pbt.PopulationBasedTraining;
import dev.clade.pbt.Ready;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.util.Set;
import java.util.TreeSet;

/// `tuner: ipbt`. `ready` is the interval of the first iteration; between restarts `exploit` (a quarter where it is not
/// given), `explore` and `inherit` say what PBT does.
public final class IteratedReader implements Tuners {

    private static final double QUARTER = 0.25;

    @Override
    public String word() {
        return Iterated.WORD;
    }

    @Override
    public Set<String> parts() {
        return new TreeSet<>(Set.of("ready", "exploit", "explore", "inherit"));
    }

    @Override
    public Tuner read(Specification specification) {
        var settings = Settings.read(settings(specification));
        endless(specification);
        oneMetric(specification);
        var pbt = PbtReader.pbt(specification);
        if (!(pbt.ready() instanceof Ready.Steps ready) || ready.burnIn() > 0) {
            throw new Fault(
                    1382,
                    place(specification, "ready") + " the intervals of 'ipbt' begin with a fixed one.",
                    "ready: " + specification.settings().entries().get("ready") + ".",
                    "ready: {every: N}, without 'burn_in'.",
                    "name the interval of the first iteration; restarts make it longer.");
        }
        return new Iterated(quarter(specification, pbt), settings, ready.every());
    }

    private static PopulationBasedTraining quarter(Specification specification, PopulationBasedTraining pbt) {
        var exploit = specification.settings().entries().containsKey("exploit")
                ? pbt.exploit()
                : new Exploit.Truncation(QUARTER);
        return new PopulationBasedTraining(pbt.ready(), pbt.ranking(), exploit, pbt.explore(), pbt.inherit());
    }

    private static void endless(Specification specification) {
        var budget = specification.budget();
        if (budget.steps().isEmpty() && budget.totalSteps().isEmpty()) {
            throw new Fault(
                    1383,
                    place(specification, "budget") + " 'ipbt' needs a budget in steps.",
                    budget + ".",
                    "steps or total_steps: it begins again only where two longer intervals fit.",
                    "add, say, 'steps: 20k' to the budget.");
        }
    }

    private static void oneMetric(Specification specification) {
        if (specification.objectives().size() > 1) {
            throw new Fault(
                    1384,
                    place(specification, "metrics") + " 'ipbt' stagnates by one metric, and there are several.",
                    specification.objectives().size() + " metrics.",
                    "'metric', or another tuner.",
                    "give one 'metric'.");
        }
    }

    private static String place(Specification specification, String name) {
        Setting setting = specification.settings().entries().getOrDefault(name, specification.settings());
        return setting.place().toString();
    }
}
