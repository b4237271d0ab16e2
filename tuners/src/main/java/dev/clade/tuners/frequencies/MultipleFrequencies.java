package dev.clade.tuners.frequencies;

import dev.clade.fault.Fault;
import dev.clade.pbt.PbtReader;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `tuner: mf-pbt`, or `{mf-pbt: {frequencies: [1, 5, 25]}}`: Population Based Training at several
/// frequencies (Doulazmi et al. 2025, arXiv 2506.03225). The population falls into one sub-population for
/// each frequency, which evolves at each so-manieth ready point; `ready` is the base interval. `explore` is
/// what happens to a clone of a winner, times 0.8 or 1.25 where it is not given; with `none`, only models are
/// selected.
public final class MultipleFrequencies implements Tuners {

    /// The paper's, of which a small population has the first ones. They are meant for 1,000 base intervals;
    /// a slow sub-population of a shorter run may never evolve.
    public static final List<Integer> DEFAULT_FREQUENCIES = List.of(1, 10, 25, 50);

    /// Of a sub-population, so that each of its quarters has one.
    public static final int LEAST_MEMBERS = 4;

    private static final int LEAST_FREQUENCIES = 2;

    @Override
    public String word() {
        return FrequencyTuner.WORD;
    }

    @Override
    public Set<String> parts() {
        return new LinkedHashSet<>(List.of("ready", "explore"));
    }

    @Override
    public Tuner read(Specification specification) {
        var fields = settings(specification);
        var given = fields.find("frequencies");
        fields.end();
        int evolving = specification.population() - specification.controls();
        var every = given.map(MultipleFrequencies::frequencies)
                .orElseGet(() -> DEFAULT_FREQUENCIES.subList(
                        0, Math.clamp(evolving / LEAST_MEMBERS, LEAST_FREQUENCIES, DEFAULT_FREQUENCIES.size())));
        if (evolving < LEAST_MEMBERS * every.size()) {
            throw tooSmall(specification, given, every.size());
        }
        return new FrequencyTuner(
                new Frequencies(every),
                PbtReader.ready(specification),
                PbtReader.pbt(specification).explore());
    }

    private static List<Integer> frequencies(Setting setting) {
        var every = setting.asList().stream().map(s -> s.asCount(1)).toList();
        if (every.isEmpty()) {
            throw setting.wrong("none", "one or more frequencies, such as [1, 5, 25]");
        }
        return every;
    }

    private static Fault tooSmall(Specification specification, Optional<Setting> given, int count) {
        var tuner = specification.settings().entries().get("tuner");
        var place = given.map(Setting::place)
                .orElse(tuner == null ? specification.settings().place() : tuner.place());
        int least = LEAST_MEMBERS * count + specification.controls();
        return new Fault(
                1360,
                place + " the population is too small for mf-pbt.",
                "%d members that evolve, in %d sub-populations."
                        .formatted(specification.population() - specification.controls(), count),
                "at least %d in each: a population of at least %d.".formatted(LEAST_MEMBERS, least),
                given.isPresent()
                        ? "write 'population: %d', or fewer frequencies.".formatted(least)
                        : "write 'population: %d'.".formatted(least));
    }
}
