package dev.clade.tuners;

import dev.clade.pbt.Explore;
import dev.clade.population.Because;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Stop;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.tune.Initial;
import dev.clade.tune.Tuner;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Generations of trainings from new weights.
///
/// @param sizes of the generations; individuals are numbered through
/// @param steps of one training
record GeneticTuner(List<Integer> sizes, long steps, Explore explore) implements Tuner {

    private static final int REVISION = 1;

    GeneticTuner {
        sizes = List.copyOf(sizes);
    }

    @Override
    public String word() {
        return GeneticAlgorithm.WORD;
    }

    @Override
    public int revision() {
        return REVISION;
    }

    @Override
    public boolean serial() {
        return true;
    }

    /// A generation is enrolled when all individuals before it have been trained.
    @Override
    public int members(Population seen) {
        int generation = generation(seen.size());
        int before = first(generation);
        return generation < sizes.size()
                        && seen.members().stream().limit(before).allMatch(m -> trained(seen, m))
                ? before + sizes.get(generation)
                : before;
    }

    private boolean trained(Population seen, Member member) {
        return !member.live() || member.step() >= steps || Configurations.lost(seen, member);
    }

    /// The generation of an individual.
    private int generation(int individual) {
        int generation = 0;
        while (generation < sizes.size() && first(generation + 1) <= individual) {
            generation++;
        }
        return generation;
    }

    private int first(int generation) {
        return sizes.stream().limit(generation).mapToInt(size -> size).sum();
    }

    @Override
    public Decision decide(Population seen, MemberId who, Randomness random) {
        var member = seen.member(who);
        if (Configurations.lost(seen, member)) {
            return Configurations.over(member);
        }
        if (member.step() >= steps) {
            return new Stop(Because.of("trained").and("steps", member.step()));
        }
        if (member.decided() > 0) {
            return Configurations.on(member, steps, 0, Because.of("continued"));
        }
        var parents = parents(seen, generation(who.index()));
        return parents.isEmpty()
                ? begun(Initial.values(seen.specification(), who, random), Because.of("begun"))
                : offspring(seen, who, parents, random);
    }

    private Train begun(Hyperparameters values, Because because) {
        return new Train(new Weights.Fresh(), values, new Plan(new Until.Steps(steps), 1, true, 0), because);
    }

    /// The best individuals of the generations before, best first: as many as the last of them had.
    private List<Pair> parents(Population seen, int generation) {
        var metric = seen.specification().metric();
        return generation == 0
                ? List.of()
                : seen.members().stream()
                        .limit(first(generation))
                        .flatMap(m -> Configurations.at(m, steps).stream())
                        .filter(p -> Double.isFinite(metric.score(p.evaluation())))
                        .sorted(Comparator.comparingDouble((Pair p) -> -metric.score(p.evaluation()))
                                .thenComparing(Pair::member))
                        .limit(sizes.get(generation - 1))
                        .toList();
    }

    private Train offspring(Population seen, MemberId who, List<Pair> parents, Randomness random) {
        var draws = random.of("parents");
        var a = winner(parents, draws);
        var b = winner(parents, draws);
        var crossed = seen.specification().space().completed(crossed(a.values(), b.values(), random), random);
        var moved = explore.from(crossed, Optional.empty(), who, seen, random).values();
        return begun(
                moved,
                Because.of("offspring")
                        .over(List.of(a.member(), b.member()))
                        .and("generation", generation(who.index()) + 1)
                        .and("parents", a.member() + " and " + b.member())
                        .and("among", parents.size()));
    }

    /// The better of two.
    private static Pair winner(List<Pair> parents, RandomGenerator random) {
        int one = random.nextInt(parents.size());
        int other = random.nextInt(parents.size());
        return parents.get(Math.min(one, other));
    }

    /// Each value from either parent; from the one that has it where the other's branch lacks it.
    private static TreeMap<String, Value> crossed(Hyperparameters a, Hyperparameters b, Randomness random) {
        var names = new TreeSet<>(a.active().keySet());
        names.addAll(b.active().keySet());
        var crossed = new TreeMap<String, Value>();
        for (var name : names) {
            boolean swapped = random.of("crossover/" + name).nextBoolean();
            Stream.of(swapped ? b : a, swapped ? a : b)
                    .flatMap(parent -> parent.find(name).stream())
                    .findFirst()
                    .ifPresent(value -> crossed.put(name, value));
        }
        return crossed;
    }
}
