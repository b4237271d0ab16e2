package dev.clade.tuners;

import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import dev.clade.space.Domain;
import dev.clade.space.Parameter;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Grid search: member k trains to the end of the budget under the k-th point of a grid over the space, and
/// copies nobody. Where there are more members than points they go over the grid again, with other seeds.
/// `ready` says how often it is measured.
///
/// `per` is how many levels a range has: one number for all, or one for each by name. Where it is not
/// given, ranges have as many levels as the population has room for. Choices always have all their options.
/// A diverged point is over: nothing is drawn in its place. Controls begin and go on as in random search,
/// beside the grid.
public final class GridSearch implements Tuners {

    @Override
    public String word() {
        return "grid";
    }

    @Override
    public Tuner read(Specification specification) {
        var fields = settings(specification);
        var per = fields.find("per");
        fields.end();
        refuseStarts(specification, word());
        int members = specification.population() - specification.controls();
        var grid = per.map(p -> Grid.of(specification.space(), levels(p, specification), members))
                .orElseGet(() -> finest(specification, members));
        if (grid.points().size() > members) {
            throw tooLarge(grid, specification, per);
        }
        return new GridTuner(RandomSearch.of(specification), grid);
    }

    /// @throws Fault 1341 for values that members would begin with, which come from elsewhere here
    static void refuseStarts(Specification specification, String word) {
        var given = specification.settings().entries().get("start");
        if (given != null && !specification.starts().isEmpty()) {
            throw new Fault(
                    1341,
                    given.place() + " the tuner '" + word + "' gives members their values itself.",
                    "start: " + given + ".",
                    "no 'start'.",
                    "take 'start' out.");
        }
    }

    private static SortedMap<String, Integer> levels(Setting per, Specification specification) {
        var levels = new TreeMap<String, Integer>();
        for (var parameter : specification.space().parameters()) {
            levels.put(parameter.name(), per instanceof Setting.Mapping ? 1 : per.asCount(1));
        }
        if (per instanceof Setting.Mapping map) {
            map.entries().forEach((name, level) -> levels.put(range(name, level, specification), level.asCount(1)));
        }
        return levels;
    }

    private static String range(String name, Setting level, Specification specification) {
        if (specification.space().find(name).map(Parameter::domain).stream()
                .anyMatch(d -> !(d instanceof Domain.Choice))) {
            return name;
        }
        throw new Fault(
                1348,
                level.place() + " levels are given for '" + name + "', which is no range.",
                name + ".",
                "one of "
                        + specification.space().parameters().stream()
                                .filter(p -> !(p.domain() instanceof Domain.Choice))
                                .map(Parameter::name)
                                .toList()
                        + "; of a choice all options are taken.",
                "correct the name, or take it out.");
    }

    /// As many levels for each range as the population has room for; one, the middle, where it has none.
    private static Grid finest(Specification specification, int members) {
        var grid = even(specification, 1, members);
        for (int levels = 2; levels <= members; levels++) {
            var finer = even(specification, levels, members);
            if (finer.points().size() > members) {
                break;
            }
            grid = finer;
        }
        return grid;
    }

    private static Grid even(Specification specification, int levels, int members) {
        return Grid.of(specification.space(), levels(Setting.number(levels), specification), members);
    }

    private static Fault tooLarge(Grid grid, Specification specification, Optional<Setting> per) {
        int least = grid.points().size() + specification.controls();
        return new Fault(
                1342,
                per.map(p -> p.place() + " ").orElse("") + "the grid is larger than the population.",
                (grid.whole() ? "" : "more than ") + grid.points().size() + " points, for "
                        + (specification.population() - specification.controls()) + " members"
                        + (specification.controls() > 0 ? " beside " + specification.controls() + " controls." : "."),
                grid.whole() ? "a population of at least " + least + "." : "a smaller grid.",
                "raise 'population', or lower 'per'.");
    }
}
