package dev.clade.study.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.pbt.PbtReader;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Conditions;
import dev.clade.run.virtual.Costs;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Place;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import java.io.IOException;
import java.time.Duration;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LandscapeTest {

    private static final Specification SPECIFICATION = Specification.read(Settings.small(4)
            .with("parameters", Setting.map("h", Setting.map("uniform", Settings.numbers(0, 1)))));

    private static double score(Landscape landscape, double... values) {
        try {
            var trainer = landscape.trainers(SPECIFICATION, 100).create(Place.ANYWHERE);
            Origin origin = new Origin.Fresh();
            for (double value : values) {
                var h = Hyperparameters.NONE.with("h", new Value.Real(value));
                trainer.begin(new Start(origin, 1, h, new TreeSet<>()));
                trainer.train(steps(100 / values.length));
                origin = new Origin.Keep();
            }
            return ((Reading.Finite) trainer.evaluate(1).metrics().get("score")).mean();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stretch steps(long count) {
        return new Stretch() {
            private long done;

            @Override
            public boolean advance(long steps) {
                if (done == count) {
                    return false;
                }
                done = Math.min(count, done + steps);
                return true;
            }

            @Override
            public long remaining() {
                return count - done;
            }

            @Override
            public long step() {
                return done;
            }

            @Override
            public void report(String metric, double value) {}

            @Override
            public void spend(Duration time) {}
        };
    }

    private static double best(Landscape landscape) {
        return LongStream.rangeClosed(0, 100)
                .mapToDouble(i -> score(landscape, i / 100.0))
                .max()
                .orElseThrow();
    }

    /// At the optimum all the time, progress is 100, and the score 1 - 101^-1/2.
    @Test
    void theBestOfAStandingLandscape_isWorkedOutByHand() {
        var still = new Landscape(3, 0, 0, 0, 0.25, 0.5);
        assertThat(best(still)).isBetween(1 - 1 / Math.sqrt(100.5), 1 - 1 / Math.sqrt(101));
    }

    @Test
    void whereTheOptimumMoves_noConstantIsAsGoodAsAScheduleThatFollows() {
        var moving = new Landscape(3, 1, 0, 0, 0.05, 0.5);
        double best = best(moving);
        double followed = LongStream.rangeClosed(0, 20)
                .boxed()
                .flatMap(a -> LongStream.rangeClosed(0, 20).mapToObj(b -> new double[] {a / 20.0, b / 20.0}))
                .mapToDouble(v -> score(moving, v[0], v[1]))
                .max()
                .orElseThrow();
        assertThat(followed).isGreaterThan(best + 0.01);
    }

    @Test
    void lessHeat_gainsAtOnce_andSlowsWhatIsToCome() {
        var deceptive = new Landscape(3, 0, 1, 0, 10, 0.5);
        assertThat(score(deceptive, 0)).isLessThan(score(deceptive, 0.5));
        assertThat(score(deceptive, 0.5, 0.5, 0.5, 0)).isGreaterThan(score(deceptive, 0.5));
    }

    @Test
    void otherSeeds_areOtherLandscapes() {
        assertThat(score(new Landscape(1, 0, 0, 0, 0.25, 0.5), 0.5))
                .isNotEqualTo(score(new Landscape(2, 0, 0, 0, 0.25, 0.5), 0.5));
    }

    /// Two members on one slot: 2 x 100 steps of a second, 2 x 10 evaluations of 3 s and saves of 5 s; no copies.
    @Test
    void elapsed_isWhatTheWorkTakes() {
        var settings = Settings.small(2)
                .with("exploit", Setting.word("none"))
                .with("final", Setting.map("repeats", Setting.number(1)).with("candidates", Setting.number(1)));
        var costs = new Costs(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(5));
        var model = new Model(Landscape.DEFAULT.trainers(Specification.read(settings), 100), costs, "a landscape");
        var run = new Simulation(settings, s -> new PbtReader().read(s), model, 1, Conditions.IDEAL).run(1);
        long evaluations = run.tally().evaluations();
        assertThat(run.tally().steps()).isEqualTo(200);
        assertThat(run.tally().decisions()).isEqualTo(20);
        assertThat(evaluations).isEqualTo(21);
        assertThat(run.elapsed().toSeconds()).isBetween(200 + 21 * 3 + 20 * 5L, 200 + 23 * 3 + 20 * 5L);
        assertThat(run.busy()).isBetween(0.95, 1.0);
    }
}
