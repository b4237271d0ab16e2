package dev.clade.study.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.random.Randomness;
import dev.clade.space.Condition;
import dev.clade.space.Domain;
import dev.clade.space.Domain.Scale;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Parameter.Change;
import dev.clade.space.Space;
import dev.clade.space.Value;
import dev.clade.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What holds of every schedule that is smoothed. Seeds are stated; nothing here is left to chance.
class KnotsProperty {

    private static final Value SGD = new Value.Text("sgd");

    static final Space SPACE = new Space(List.of(
            parameter("rate", new Domain.Real(1e-5, 1, Scale.LOG), 0),
            parameter("momentum", new Domain.Real(0.5, 0.999, Scale.LOG_OF_COMPLEMENT), 0),
            parameter("dropout", new Domain.Real(0, 0.5, Scale.LINEAR), 2),
            parameter("batch", new Domain.Whole(8, 512, Scale.LOG), 0),
            parameter("kind", new Domain.Choice(List.of(new Value.Text("adam"), SGD), false), 0),
            new Parameter(
                    "decay",
                    new Domain.Real(0, 1, Scale.LINEAR),
                    0,
                    Change.LIVE,
                    false,
                    Optional.of(new Condition(
                            new TreeMap<>(java.util.Map.of("kind", new Condition.Test.OneOf(List.of(SGD)))))))));

    private static Parameter parameter(String name, Domain domain, int size) {
        return new Parameter(name, domain, size, Change.LIVE, false, Optional.empty());
    }

    /// Draws, or perturbed as a lineage is: some stages repeat the one before.
    private static Schedule generated(RandomGenerator random) {
        int stages = random.nextInt(1, 13);
        var points = new ArrayList<Schedule.Point>();
        long step = 0;
        var values = draw(random);
        for (int i = 0; i < stages; i++) {
            points.add(new Schedule.Point(step, values));
            step += random.nextInt(1, 40);
            values = random.nextInt(3) == 0 ? values : draw(random);
        }
        return new Schedule(points, step, false);
    }

    private static Hyperparameters draw(RandomGenerator random) {
        return SPACE.draw(Randomness.keyed(random.nextLong(), 0, 0));
    }

    @Test
    void asManyKnotsAsStagesAreTheStages() {
        Property.holds(2, 300, KnotsProperty::generated, found -> {
            int stages = found.points().size();
            var all = Knots.of(found, SPACE, Math.max(Knots.FEWEST, stages));
            assertThat(all.error()).isZero();
            var knots = all.schedule();
            for (var point : knots.points()) {
                assertThat(values(found)).contains(point.values());
            }
            if (knots.points().size() == stages) {
                assertThat(values(knots)).isEqualTo(values(found));
            }
        });
    }

    private static List<Hyperparameters> values(Schedule schedule) {
        return schedule.points().stream().map(Schedule.Point::values).toList();
    }

    @Test
    void theErrorFallsWithTheKnots() {
        Property.holds(3, 300, KnotsProperty::generated, found -> {
            double before = Double.POSITIVE_INFINITY;
            for (int most = Knots.FEWEST; most <= found.points().size() + 1; most++) {
                var knots = Knots.of(found, SPACE, most);
                assertThat(knots.schedule().points()).hasSizeLessThanOrEqualTo(most);
                assertThat(knots.error()).isBetween(0.0, 1.0).isLessThanOrEqualTo(before);
                before = knots.error();
            }
        });
    }

    @Test
    void everyKnotIsACompletePointOfTheSpaceWithinTheSchedule() {
        Property.holds(4, 300, KnotsProperty::generated, found -> {
            for (int most = Knots.FEWEST; most <= 5; most++) {
                var schedule = Knots.of(found, SPACE, most).schedule();
                assertThat(schedule.linear()).isTrue();
                assertThat(schedule.end()).isEqualTo(found.end());
                assertThat(schedule.points().getLast().step()).isLessThanOrEqualTo(found.end());
                schedule.points()
                        .forEach(p -> assertThat(SPACE.flaws(p.values())).isEmpty());
            }
        });
    }
}
