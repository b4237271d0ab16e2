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
    /// @param cost of the last seed's run
    public record Estimated(Candidate candidate, List<Double> scores, Estimate score, Cost cost) {}

    /// What a run costs.
    public record Cost(Duration elapsed, Simulation.Tally tally) {}

    /// What is left of a run once it is over.
    private record Trial(double score, Cost cost) {

        static Trial of(Simulation.Run run) {
            return new Trial(run.score(), new Cost(run.elapsed(), run.tally()));
        }
    }

    /// @param best all candidates, the best mean first
    /// @param tied for each whether it cannot be told from the first: the interval of the difference holds 0.
    ///     The first was chosen among all of them, so that more may be tied than seem to be
    public record Advice(List<Estimated> best, List<Boolean> tied) {}

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
        var runs = candidates.stream()
                .map(c -> LongStream.rangeClosed(1, seeds)
                        .mapToObj(seed -> Trial.of(simulation.of(c).run(seed)))
                        .toList())
                .toList();
        double worst = runs.stream()
                .flatMap(List::stream)
                .mapToDouble(Trial::score)
                .filter(s -> !Double.isNaN(s))
                .min()
                .orElse(0);
        var estimated = IntStream.range(0, candidates.size())
                .mapToObj(i -> estimated(candidates.get(i), runs.get(i), worst, bootstrap))
                .sorted(Comparator.comparingDouble((Estimated e) -> -e.score().value()))
                .toList();
        return new Advice(
                estimated,
                estimated.stream()
                        .map(e -> tied(estimated.getFirst(), e, bootstrap))
                        .toList());
    }

    /// Simulations by candidate.
    @FunctionalInterface
    public interface Simulator {
        Simulation of(Candidate candidate);
    }

    /// @param worst what a run without a winner counts as: the worst score of any
    private static Estimated estimated(Candidate candidate, List<Trial> runs, double worst, Bootstrap bootstrap) {
        var scores = runs.stream()
                .map(Trial::score)
                .map(s -> Double.isNaN(s) ? worst : s)
                .toList();
        return new Estimated(
                candidate,
                scores,
                Estimate.of(scores, Centre.MEAN, bootstrap),
                runs.getLast().cost());
    }

    static boolean tied(Estimated one, Estimated other, Bootstrap bootstrap) {
        var differences = IntStream.range(0, other.scores().size())
                .mapToObj(i -> one.scores().get(i) - other.scores().get(i))
                .toList();
        return !Estimate.of(differences, Centre.MEAN, bootstrap).excludes(0);
    }
}
