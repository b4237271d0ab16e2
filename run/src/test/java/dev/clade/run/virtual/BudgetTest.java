package dev.clade.run.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.Member;
import dev.clade.run.Climber;
import dev.clade.run.Experiment;
import dev.clade.settings.Setting;
import dev.clade.store.memory.MemoryCheckpoints;
import org.junit.jupiter.api.Test;

class BudgetTest {

    @Test
    void aSegmentThatEndsByTheClock_endsAtTheBudgetToo() {
        var experiment = Experiment.of(3)
                .with("ready", Setting.map("seconds", Setting.word("1d")))
                .with("exploit", Setting.word("none"));
        try (var checkpoints = new MemoryCheckpoints()) {
            var end = new VirtualEngine(
                            experiment.created(),
                            experiment.tuner(),
                            place -> new Climber(Climber.Script.NOTHING),
                            checkpoints,
                            2,
                            Costs.STEPS)
                    .run()
                    .population();

            assertThat(end.members().stream().map(Member::step)).containsOnly(40L);
        }
    }
}
