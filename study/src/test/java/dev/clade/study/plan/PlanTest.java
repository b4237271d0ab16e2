package dev.clade.study.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.pbt.PbtReader;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Conditions;
import dev.clade.run.virtual.Costs;
import dev.clade.settings.Setting;
import dev.clade.study.simulate.Landscape;
import dev.clade.study.simulate.Model;
import dev.clade.study.simulate.Simulation;
import dev.clade.study.statistics.Bootstrap;
import dev.clade.study.statistics.Centre;
import dev.clade.study.statistics.Estimate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Costs COSTS =
            new Costs(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(1));

    private static final Bootstrap BOOTSTRAP = new Bootstrap(1);
    private static final Plan.Cost COST = new Plan.Cost(Duration.ZERO, new Simulation.Tally(0, 0, 0, 0, 0, 0));

    /// 8 members on 4 slots have half an hour each: 25 ready points cost 25 (1.2 x 2 + 1 + 0.2 x 0.1) s = 85.5 s, the
    /// rest is 17,145 steps.
    @Test
    void candidates_haveTheStepsThatTheTimeAllows() {
        var candidates = Plan.candidates(4, Duration.ofHours(1), COSTS, List.of(Setting.word("none")));
        assertThat(candidates).contains(new Candidate(8, 17_145, 25, Setting.word("none")));
        assertThat(candidates).extracting(Candidate::population).containsOnly(4, 8, 16, 32);
    }

    @Test
    void whatDoesNotFit_isNoCandidate() {
        assertThat(Plan.candidates(1, Duration.ofSeconds(1), COSTS, Plan.exploits()))
                .isEmpty();
    }

    @Test
    void advice_isOrderedByScore_andItsCandidatesKeepToTheTime() {
        var settings = Setting.map("name", Setting.text("planned"))
                .with("metric", Setting.word("score"))
                .with("budget", Setting.map("steps", Setting.number(1)))
                .with("final", Setting.map(Map.of("repeats", Setting.number(1), "candidates", Setting.number(1))))
                .with(
                        "parameters",
                        Setting.map(
                                "h",
                                Setting.map("uniform", Setting.list(List.of(Setting.number(0), Setting.number(1))))))
                .with("trainer", Setting.map("toy", Setting.word("none")));
        var time = Duration.ofMinutes(2);
        var candidates = Plan.candidates(2, time, COSTS, List.of(Setting.map("truncation", Setting.number(0.2))));
        var advice = Plan.advise(candidates, 3, c -> {
            var own = c.in(settings);
            var landscape = Landscape.DEFAULT.trainers(Specification.read(own), c.steps());
            return new Simulation(
                    own, s -> new PbtReader().read(s), new Model(landscape, COSTS, "a landscape"), 2, Conditions.IDEAL);
        });
        assertThat(advice.best()).hasSameSizeAs(candidates);
        assertThat(advice.tied()).hasSameSizeAs(candidates).startsWith(true);
        for (int i = 1; i < advice.best().size(); i++) {
            assertThat(advice.best().get(i).score().value())
                    .isLessThanOrEqualTo(advice.best().get(i - 1).score().value());
        }
        assertThat(advice.best())
                .allSatisfy(e -> assertThat(e.cost().elapsed())
                        .isLessThan(time.multipliedBy(13).dividedBy(10)));
    }

    private static Plan.Estimated scored(Double... scores) {
        var candidate = new Candidate(scores.length, 100, 10, Setting.word("none"));
        return new Plan.Estimated(
                candidate, List.of(scores), Estimate.of(List.of(scores), Centre.MEAN, BOOTSTRAP), COST);
    }

    /// The second differs by 1 in every seed; the third by 2 in the mean, and by anything.
    @Test
    void whoIsTied_isAskedOfEachByItself() {
        var first = scored(10.0, 20.0, 30.0, 40.0, 50.0, 60.0);
        assertThat(Plan.tied(first, scored(9.0, 19.1, 28.9, 39.0, 49.0, 59.0), BOOTSTRAP))
                .isFalse();
        assertThat(Plan.tied(first, scored(30.0, 1.0, 50.0, 11.0, 70.0, 36.0), BOOTSTRAP))
                .isTrue();
        assertThat(Plan.tied(first, first, BOOTSTRAP)).isTrue();
    }
}
