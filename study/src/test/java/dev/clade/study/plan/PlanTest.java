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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Costs COSTS =
            new Costs(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(1));

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
        assertThat(advice.tied()).isBetween(1, candidates.size());
        for (int i = 1; i < advice.best().size(); i++) {
            assertThat(advice.best().get(i).score().value())
                    .isLessThanOrEqualTo(advice.best().get(i - 1).score().value());
        }
        assertThat(advice.best())
                .allSatisfy(e -> assertThat(e.first().elapsed())
                        .isLessThan(time.multipliedBy(13).dividedBy(10)));
    }
}
