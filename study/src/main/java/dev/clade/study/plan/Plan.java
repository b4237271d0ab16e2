package dev.clade.study.plan;

import dev.clade.run.virtual.Costs;
import dev.clade.settings.Setting;
import dev.clade.study.simulate.Simulation;
import dev.clade.study.statistics.Bootstrap;
import dev.clade.study.statistics.Centre;
import dev.clade.study.statistics.Estimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// What to run on so many slots in so much time, by simulating what could be: populations of one to eight members a
/// slot, 10 to 100 ready points, and the exploit rules, each with the steps that the time allows. Candidates are
/// simulated under the same seeds, so that they differ by what they are.
public final class Plan {

    private static final List<Integer> MEMBERS_A_SLOT = List.of(1, 2, 4, 8);
    /// The paper's runs have 50 to 150 ready points.
    private static final List<Integer> READY_POINTS = List.of(10, 25, 50, 100);
    private static final int FEWEST_MEMBERS = 4;
    private static final int MOST_MEMBERS = 128;

    private Plan() {}

    /// What came of a candidate.
    ///
    /// @param scores by seed, more is better
    /// @param score their mean
    /// @param first the last seed's run, for what it costs
    public record Estimated(Candidate candidate, List<Double> scores, Estimate score, Simulation.Run first) {}

    /// @param best all candidates, the best mean first
    /// @param tied how many of the first cannot be told from the first: the interval of the difference holds 0
    public record Advice(List<Estimated> best, int tied) {}

    /// Candidates that fit into the time.
    ///
    /// @param costs of the trainer's work
    public static List<Candidate> candidates(int slots, Duration time, Costs costs, List<Setting> exploits) {
        var candidates = new ArrayList<Candidate>();
        for (int a : MEMBERS_A_SLOT) {
            int population = Math.clamp((long) a * slots, FEWEST_MEMBERS, MOST_MEMBERS);
            for (int points : READY_POINTS) {
                long steps = steps(population, points, slots, time, costs);
                for (var exploit : exploits) {
                    var candidate = new Candidate(population, steps, points, exploit);
                    if (steps >= points && !candidates.contains(candidate)) {
                        candidates.add(candidate);
                    }
                }
            }
        }
        return List.copyOf(candidates);
    }

    /// The steps of a member: members take turns on the slots; each ready point costs an evaluation and a save, and one
    /// in five a copy, which is loaded and measured.
    private static long steps(int population, int points, int slots, Duration time, Costs costs) {
        long turns = Math.ceilDiv(population, slots);
        double own = seconds(time) / turns;
        double fixed = points * (1.2 * seconds(costs.evaluate()) + seconds(costs.save()) + 0.2 * seconds(costs.load()));
        double step = Math.max(1e-9, seconds(costs.step()));
        return (long) Math.max(0, Math.floor((own - fixed) / step));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /// The exploit rules that are tried where the file names none.
    public static List<Setting> exploits() {
        return List.of(
                Setting.map("truncation", Setting.number(0.2)),
                Setting.word("binary_tournament"),
                Setting.word("none"));
    }

    /// Simulates candidates under seeds from 1.
    ///
    /// @param simulation of an experiment with given settings; its trainer's horizon is the candidate's steps
    public static Advice advise(List<Candidate> candidates, int seeds, Simulator simulation) {
        var bootstrap = new Bootstrap(1);
        var estimated = candidates.stream()
                .map(c -> estimated(c, seeds, simulation, bootstrap))
                .sorted(Comparator.comparingDouble((Estimated e) -> -e.score().value()))
                .toList();
        return new Advice(estimated, tied(estimated, bootstrap));
    }

    /// Simulations by candidate.
    @FunctionalInterface
    public interface Simulator {
        Simulation of(Candidate candidate);
    }

    private static Estimated estimated(Candidate candidate, int seeds, Simulator simulator, Bootstrap bootstrap) {
        var simulation = simulator.of(candidate);
        var runs = LongStream.rangeClosed(1, seeds).mapToObj(simulation::run).toList();
        var scores = runs.stream()
                .map(Simulation.Run::score)
                .map(s -> Double.isNaN(s) ? worst(runs) : s)
                .toList();
        return new Estimated(candidate, scores, Estimate.of(scores, Centre.MEAN, bootstrap), runs.getLast());
    }

    /// Who ends without a winner counts as the worst that there was.
    private static double worst(List<Simulation.Run> runs) {
        return runs.stream()
                .mapToDouble(Simulation.Run::score)
                .filter(s -> !Double.isNaN(s))
                .min()
                .orElse(0);
    }

    private static int tied(List<Estimated> best, Bootstrap bootstrap) {
        int tied = 0;
        for (var other : best) {
            var differences = IntStream.range(0, other.scores().size())
                    .mapToObj(i ->
                            best.getFirst().scores().get(i) - other.scores().get(i))
                    .toList();
            boolean different = Estimate.of(differences, Centre.MEAN, bootstrap).excludes(0);
            if (different) {
                break;
            }
            tied++;
        }
        return Math.max(1, tied);
    }
}
