package dev.clade.study.simulate;

import dev.clade.fault.Fault;
import dev.clade.population.Metric;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Outcome;
import dev.clade.population.Segment.Source;
import dev.clade.population.Specification;
import dev.clade.population.Timings;
import dev.clade.random.Randomness;
import dev.clade.run.virtual.Costs;
import dev.clade.space.Domain;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Space;
import dev.clade.space.Value;
import dev.clade.study.simulate.Neighbours.Row;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// A trainer made of an experiment that was recorded: what its segments gained under which values, from which score and
/// at which step of the weights, is what simulated ones gain near there ([Neighbours]), with the noise that
/// it had. It knows nothing outside of what was tried: what it says of values that nobody trained under is a guess.
public final class Recorded {

    /// Segments below which nothing is said.
    public static final int LEAST = 20;

    /// A tenth of the budget is as far apart as the whole range of a hyperparameter would be with this.
    private static final double TIME = 3;

    private final Space space;
    private final Metric metric;
    private final double horizon;
    private final double low;
    private final double scale;
    private final Neighbours firsts;
    private final Neighbours gains;
    private final double evaluationNoise;
    private final double trainingNoise;
    private final long typical;
    private final Model model;

    private Recorded(String name, Population population) {
        var specification = population.specification();
        space = specification.space();
        metric = specification.metric();
        var segments = population.members().stream()
                .flatMap(m -> m.segments().stream())
                .filter(s -> !(s.outcome() instanceof Outcome.Open))
                .toList();
        var scores = segments.stream()
                .flatMap(s -> s.pair().stream())
                .mapToDouble(this::score)
                .sorted()
                .toArray();
        if (scores.length < LEAST) {
            throw new Fault(
                    4151,
                    "'" + name + "' is too short to stand for its trainer.",
                    scores.length + " finished segments.",
                    "at least " + LEAST + ".",
                    "let it run on, or simulate a landscape: leave --from out.");
        }
        horizon = Math.max(
                1,
                segments.stream()
                        .flatMap(s -> s.pair().stream())
                        .mapToLong(Pair::lineageStep)
                        .max()
                        .orElse(1));
        low = scores[0];
        double width = scores[(int) (0.95 * (scores.length - 1))] - scores[(int) (0.05 * (scores.length - 1))];
        scale = width > 0 ? width : 1;
        firsts = new Neighbours(rows(segments, true));
        gains = new Neighbours(rows(segments, false));
        evaluationNoise = evaluationNoise(segments);
        typical = (long) segments.stream()
                .flatMap(s -> s.pair().map(p -> p.step() - s.startStep()).stream())
                .mapToLong(s -> s)
                .average()
                .orElse(1);
        double residual = gains.unexplained() * typical * typical;
        trainingNoise = Math.sqrt(Math.max(0, residual - 2 * evaluationNoise * evaluationNoise) / Math.max(1, typical));
        model = new Model(
                place -> new Replayer(),
                costs(segments),
                "what '%s' did: %d segments, which explain %.0f %% of each other's gains"
                        .formatted(name, scores.length, 100 * gains.explained()));
    }

    /// What an experiment's trainer was like.
    ///
    /// @param name for people
    /// @throws Fault 4151 if it has fewer than [#LEAST] finished segments, 4152 if other parameters are asked about
    public static Model of(String name, Population population, Specification asked) {
        var own = population.specification();
        var names = own.space().parameters().stream().map(Parameter::name).toList();
        var wanted = asked.space().parameters().stream().map(Parameter::name).toList();
        if (!names.equals(wanted) || !own.metric().equals(asked.metric())) {
            throw new Fault(
                    4152,
                    "'" + name + "' cannot stand for this trainer.",
                    own.metric().name() + " under " + String.join(", ", names) + ".",
                    asked.metric().name() + " under " + String.join(", ", wanted) + ".",
                    "name an experiment with the same metric and parameters.");
        }
        return new Recorded(name, population).model;
    }

    private double score(Pair pair) {
        return metric.score(pair.evaluation());
    }

    // ---- what was recorded

    private List<Row> rows(List<Segment> segments, boolean fresh) {
        var rows = new ArrayList<Row>();
        for (var segment : segments) {
            var before = before(segment);
            if (before.isPresent() == fresh) {
                continue;
            }
            var at = place(segment.startLineage(), before.orElse(low), segment.values());
            outcome(segment, before).ifPresent(outcome -> rows.add(new Row(at, outcome)));
        }
        if (rows.isEmpty()) {
            rows.add(new Row(place(0, low, Hyperparameters.NONE), 0));
        }
        return rows;
    }

    /// The score that a segment began with: the copy's own where it was measured.
    private Optional<Double> before(Segment segment) {
        return segment.copied()
                .map(metric::score)
                .or(() -> segment.source().from().map(this::score))
                .filter(Double::isFinite);
    }

    /// The gain a step; for a first segment, above the worst score there was.
    private Optional<Double> outcome(Segment segment, Optional<Double> before) {
        return switch (segment.outcome()) {
            case Outcome.Finished finished -> {
                long steps = finished.pair().step() - segment.startStep();
                yield steps == 0
                        ? Optional.empty()
                        : Optional.of((score(finished.pair()) - before.orElse(low)) / steps);
            }
            case Outcome.Failed failed -> Optional.of(Double.NaN);
            case Outcome.Open open -> Optional.empty();
        };
    }

    private double[] place(double step, double score, Hyperparameters values) {
        var coordinates = new ArrayList<Double>();
        coordinates.add(TIME * step / horizon);
        coordinates.add((score - low) / scale);
        for (var parameter : space.parameters()) {
            for (int i = 0; i < Math.max(1, parameter.size()); i++) {
                coordinates.addAll(coordinates(parameter, i, values));
            }
        }
        return coordinates.stream().mapToDouble(c -> c).toArray();
    }

    /// A quantile for numbers and ordered options; for others one coordinate an option. A value that is not active is
    /// in the middle.
    private static List<Double> coordinates(Parameter parameter, int element, Hyperparameters values) {
        var value = values.find(parameter.name())
                .map(v -> v instanceof Value.Vector vector ? vector.elements().get(element) : v);
        return parameter.domain() instanceof Domain.Choice choice && !choice.ordered()
                ? choice.options().stream()
                        .map(option -> value.filter(option::equals).isPresent() ? 1.0 : 0.0)
                        .toList()
                : List.of(value.map(parameter.domain()::quantile).orElse(0.5));
    }

    /// The deviation of one evaluation of the same weights: from copies, each measured twice; else from samples.
    private double evaluationNoise(List<Segment> segments) {
        var twice = segments.stream()
                .flatMap(s ->
                        s.source() instanceof Source.Copied copied && s.copied().isPresent()
                                ? Stream.of(metric.score(s.copied().get()) - score(copied.pair()))
                                : Stream.<Double>empty())
                .filter(Double::isFinite)
                .toList();
        if (twice.size() >= 3) {
            return Math.sqrt(twice.stream().mapToDouble(d -> d * d).sum() / twice.size() / 2);
        }
        return Math.sqrt(segments.stream()
                .flatMap(s -> s.pair().stream())
                .flatMap(p -> p.evaluation().metrics().get(metric.name()) instanceof Reading.Finite finite
                                && finite.samples().size() > 1
                        ? Stream.of(variance(finite) / finite.samples().size())
                        : Stream.<Double>empty())
                .mapToDouble(v -> v)
                .average()
                .orElse(0));
    }

    private static double variance(Reading.Finite reading) {
        double mean = reading.mean();
        return reading.samples().stream()
                        .mapToDouble(s -> (s - mean) * (s - mean))
                        .sum()
                / (reading.samples().size() - 1);
    }

    private static Costs costs(List<Segment> segments) {
        var finished = segments.stream()
                .flatMap(s -> s.outcome() instanceof Outcome.Finished f
                        ? Stream.of(new Timed(f.timings(), f.pair().step() - s.startStep()))
                        : Stream.empty())
                .toList();
        long steps = finished.stream().mapToLong(Timed::steps).sum();
        return new Costs(
                mean(finished, Timings::load),
                sum(finished, Timings::train).dividedBy(Math.max(1, steps)),
                mean(finished, Timings::evaluate),
                mean(finished, Timings::save));
    }

    private record Timed(Timings timings, long steps) {}

    private static Duration sum(List<Timed> finished, Function<Timings, Duration> part) {
        return finished.stream().map(Timed::timings).map(part).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration mean(List<Timed> finished, Function<Timings, Duration> part) {
        return sum(finished, part).dividedBy(finished.size());
    }

    // ---- what stands for it

    private final class Replayer implements Trainer {

        private Hyperparameters values = Hyperparameters.NONE;
        private double score;
        private double trained;
        private boolean diverged;
        private long seed;

        @Override
        public Hyperparameters begin(Start start) throws IOException {
            switch (start.origin()) {
                case Origin.Keep keep -> {}
                case Origin.Fresh fresh -> set(low, 0);
                case Origin.Resume resume -> set(Numbers.read(resume.folder(), 2));
                case Origin.Copy copy -> set(Numbers.read(copy.folder(), 2));
                case Origin.Blend blend -> {
                    var saved = Numbers.read(blend.folder(), 2);
                    set(low + blend.keep() * (saved[0] - low), saved[1]);
                }
                case Origin.Lane lane -> throw new IllegalArgumentException("what was recorded has no lanes");
            }
            diverged = false;
            seed = start.seed();
            values = start.values();
            return values;
        }

        private void set(double... state) {
            score = state[0];
            trained = state[1];
        }

        /// In pieces as long as the segments that were recorded.
        @Override
        public void train(Stretch stretch) {
            var noise = Randomness.keyed(seed, 0, 0).of("training");
            for (long before = stretch.step(); stretch.advance(Math.max(1, typical)); before = stretch.step()) {
                long steps = stretch.step() - before;
                var model = trained == 0 ? firsts : gains;
                var expected = model.at(place(trained, score, values));
                diverged |= expected.failing() > 0.5;
                score += expected.outcome() * steps + trainingNoise * Math.sqrt(steps) * noise.nextGaussian();
                trained += steps;
            }
        }

        @Override
        public Evaluation evaluate(long asked) {
            double off = evaluationNoise
                    * Randomness.keyed(asked, 0, 0).of("evaluation").nextGaussian();
            double value = diverged ? Double.NaN : metric.oriented(score + off);
            return new Evaluation(new TreeMap<>(java.util.Map.of(metric.name(), Reading.of(value))));
        }

        @Override
        public void save(Path folder) throws IOException {
            Numbers.write(folder, score, trained);
        }
    }
}
