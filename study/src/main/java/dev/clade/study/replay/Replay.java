package dev.clade.study.replay;

import dev.clade.population.Finals.Winner;
import dev.clade.population.Lineage;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.random.Philox;
import dev.clade.random.Randomness;
import dev.clade.settings.Setting;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The experiments by which the schedule of a winner is tried without its population: one for each arm, with
/// a member for each seed. Members train independently, from new weights, for as many steps as the winner's
/// weights have seen; all of them are measured afresh at the end. Seed for seed the arms begin alike, unlike
/// any member of the population: its winner's beginning may have been a lucky one.
///
/// @param schedules what each arm trains under
/// @param knots the smoothed schedule
/// @param steps that each member trains
public record Replay(Map<Arm, Schedule> schedules, Knots knots, long steps) {

    public Replay {
        schedules = Collections.unmodifiableMap(new EnumMap<>(schedules));
    }

    /// Settings of the population that found the schedule, which have no meaning where nobody tunes.
    private static final List<String> OF_THE_POPULATION =
            List.of("exploit", "explore", "inherit", "scores", "greed", "control", "start", "sampling", "synchronous");

    /// The replay of a winner's schedule.
    ///
    /// @param knots at most so many, for the smoothed one
    public static Replay of(Population population, Winner winner, int knots) {
        var lineage = Lineage.of(population, winner.pair());
        var found = found(population, lineage);
        var smooth = smooth(population, lineage, knots);
        var schedules = new EnumMap<Arm, Schedule>(Arm.class);
        schedules.put(Arm.SCHEDULE, found.merged());
        schedules.put(Arm.KNOTS, smooth.schedule());
        schedules.put(Arm.FINAL, found.last());
        schedules.put(Arm.INITIAL, found.first());
        return new Replay(schedules, smooth, found.end());
    }

    /// The schedule of an ancestry, smoothed.
    public static Knots smooth(Population population, Lineage lineage, int knots) {
        return Knots.of(found(population, lineage), population.specification().space(), knots);
    }

    private static Schedule found(Population population, Lineage lineage) {
        var specification = population.specification();
        return Schedule.found(lineage).inside(specification.space(), Randomness.keyed(specification.seed(), 0, 0));
    }

    /// The first arm that trains under the same as this one: most often itself.
    public Arm trained(Arm arm) {
        return Stream.of(Arm.values())
                .filter(a -> schedule(a).equivalent(schedule(arm)))
                .findFirst()
                .orElseThrow();
    }

    /// Whether the schedule is more than one constant.
    public boolean changes() {
        return schedule(Arm.SCHEDULE).points().size() > 1;
    }

    /// The settings of an arm's experiment, without its name.
    ///
    /// @param seeds how many members
    public Setting.Mapping settings(Arm arm, Specification original, int seeds) {
        var settings = original.settings();
        for (var name : OF_THE_POPULATION) {
            settings = settings.without(name);
        }
        if (!bySteps(settings)) {
            settings = settings.without("ready");
        }
        // one candidate more: the best single reading of all is one, be it in the midst of training
        return settings.with("population", number(seeds))
                .with("budget", Setting.map("steps", number(steps)))
                .with("final", entries("candidates", number(seeds + 1), "repeats", number(original.finalRepeats())))
                .with("seed", number(seed(original)))
                .with("tuner", schedule(arm).tuner());
    }

    public Schedule schedule(Arm arm) {
        return Objects.requireNonNull(schedules.get(arm));
    }

    /// Ready points by the clock or by what a population measures are none of a schedule.
    private static boolean bySteps(Setting.Mapping settings) {
        return switch (settings.entries().get("ready")) {
            case Setting.Mapping map -> map.entries().containsKey("every");
            case Setting.Scalar scalar -> !scalar.text().equals("adaptive");
            case null, default -> false;
        };
    }

    /// Of 52 bits, which every notation of numbers holds.
    private static long seed(Specification original) {
        return Philox.keyed(original.seed(), 0, 0, "replay").nextLong() >>> 12;
    }

    private static Setting number(long value) {
        return Setting.word(Long.toString(value));
    }

    private static Setting.Mapping entries(String one, Setting first, String other, Setting second) {
        var entries = new LinkedHashMap<String, Setting>();
        entries.put(one, first);
        entries.put(other, second);
        return Setting.map(entries);
    }
}
