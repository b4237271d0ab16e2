package dev.clade.tuners.fire;

import dev.clade.fault.Fault;
import dev.clade.pbt.PbtReader;
import dev.clade.pbt.Ready;
import dev.clade.population.Specification;
import dev.clade.settings.Fields;
import dev.clade.settings.Place;
import dev.clade.settings.Setting;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `tuner: fire`, or `{fire: {subpopulations: [8, 8], evaluators: 6, points: 10, t_max: 3, quantile: 0.25}}`:
/// PBT by the rate of improvement (Dalibard, Jaderberg 2021, arXiv 2109.13800). The defaults are those of
/// Chebykin, Alderliesten, Bosman (TMLR 2025): of 22 members 8, 8 and 6, other populations in these shares.
/// `ready` must be in steps; `points` segments between two ready points make the curves; `t_max` is in ready
/// intervals. `explore` is what happens to a copy.
public final class FasterImprovement implements Tuners {

    /// Measurements between two ready points, as far as an interval has as many steps.
    public static final int DEFAULT_POINTS = 10;

    /// How long an evaluator may stay below its child, in ready intervals.
    public static final double DEFAULT_MOST = 3;

    /// The share of a sub-population that copies.
    public static final double DEFAULT_QUANTILE = 0.25;

    /// The share of the population that evaluates.
    public static final double DEFAULT_EVALUATORS = 6.0 / 22;

    /// Of a sub-population, so that one can be better than another.
    public static final int LEAST_MEMBERS = 2;

    @Override
    public String word() {
        return Fire.WORD;
    }

    @Override
    public Set<String> parts() {
        return new LinkedHashSet<>(List.of("ready", "explore"));
    }

    @Override
    public Tuner read(Specification specification) {
        var fields = settings(specification);
        var divisions = divisions(fields, specification);
        var ready = steps(specification);
        var grid = new Grid(ready.every(), points(fields, ready), ready.burnIn());
        double most =
                fields.find("t_max").map(s -> s.asReal(Double.MIN_VALUE, 1e9)).orElse(DEFAULT_MOST);
        double quantile = fields.find("quantile").map(s -> s.asReal(0, 0.5)).orElse(DEFAULT_QUANTILE);
        fields.end();
        return new Fire(
                divisions,
                grid,
                quantile,
                most * ready.every(),
                PbtReader.pbt(specification).explore());
    }

    private static Divisions divisions(Fields fields, Specification specification) {
        int evolving = specification.population() - specification.controls();
        var given = fields.find("subpopulations");
        var evaluating = fields.find("evaluators").map(e -> e.asCount(1));
        int count = given.map(g -> g.asList().size()).orElse(2);
        if (count < 2) {
            throw given.orElseThrow().wrong(String.valueOf(given.get()), "two or more sizes, such as [8, 8]");
        }
        if (evolving < least(count)) {
            throw tooSmall(specification, count);
        }
        if (given.isPresent()) {
            var sizes = given.get().asList().stream()
                    .map(s -> s.asCount(LEAST_MEMBERS))
                    .toList();
            int members = sizes.stream().mapToInt(s -> s).sum();
            return checked(sizes, evaluating.orElse(evolving - members), specification);
        }
        int evaluators = evaluating.orElse(Math.max(1, (int) Math.round(evolving * DEFAULT_EVALUATORS)));
        int rest = evolving - evaluators;
        return checked(List.of(rest - rest / 2, rest / 2), evaluators, specification);
    }

    /// Two members of each, and an evaluator between each and the next.
    private static int least(int subpopulations) {
        return LEAST_MEMBERS * subpopulations + subpopulations - 1;
    }

    private static Divisions checked(List<Integer> sizes, int evaluators, Specification specification) {
        int evolving = specification.population() - specification.controls();
        boolean enough = sizes.stream().allMatch(s -> s >= LEAST_MEMBERS) && evaluators >= sizes.size() - 1;
        int sum = sizes.stream().mapToInt(s -> s).sum() + evaluators;
        if (!enough || sum != evolving) {
            throw new Fault(
                    1362,
                    place(specification) + " the groups of fire are not the population.",
                    "sub-populations of %s and %d evaluators, for %d members that evolve."
                            .formatted(sizes, evaluators, evolving),
                    "as many in all, at least %d in each sub-population and %d evaluators."
                            .formatted(LEAST_MEMBERS, sizes.size() - 1),
                    "change 'subpopulations', 'evaluators' or 'population'.");
        }
        return new Divisions(sizes, evaluators);
    }

    private static Fault tooSmall(Specification specification, int count) {
        int least = least(count) + specification.controls();
        return new Fault(
                1361,
                place(specification) + " the population is too small for fire.",
                "%d members that evolve, for %d sub-populations and their evaluators."
                        .formatted(specification.population() - specification.controls(), count),
                "a population of at least %d.".formatted(least),
                "write 'population: %d'.".formatted(least));
    }

    private static Place place(Specification specification) {
        return Optional.ofNullable(specification.settings().entries().get("tuner"))
                .map(Setting::place)
                .orElse(specification.settings().place());
    }

    private static Ready.Steps steps(Specification specification) {
        if (PbtReader.ready(specification) instanceof Ready.Steps steps) {
            return steps;
        }
        var ready = specification.settings().entries().get("ready");
        throw new Fault(
                1363,
                (ready == null ? specification.settings().place() : ready.place())
                        + " fire compares curves, and needs 'ready' in steps.",
                ready + ".",
                "'ready: {every: steps}'.",
                "write, say, 'ready: {every: 500}'.");
    }

    private static int points(Fields fields, Ready.Steps ready) {
        var given = fields.find("points");
        int points = given.map(p -> p.asCount(1)).orElse((int) Math.min(DEFAULT_POINTS, ready.every()));
        if (points > ready.every()) {
            throw given.orElseThrow()
                    .wrong(
                            String.valueOf(points),
                            "a whole number from 1 to %d, the steps of an interval".formatted(ready.every()));
        }
        return points;
    }
}
