package dev.clade.toys.pole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.random.Randomness;
import org.junit.jupiter.api.Test;

class SwingUpTest {

    private final SwingUp task = new SwingUp();

    private void restart() {
        task.restart(Randomness.keyed(1, 0, 0).of("starts"));
    }

    @Test
    void act_alwaysToOneSide_runsOffTheRailAndEarnsNothingThere() {
        restart();
        double last = 1;
        int acts = 0;
        while (!task.fallen()) {
            last = task.act(SwingUp.CHOICES - 1);
            acts++;
        }
        assertThat(last).isZero();
        assertThat(acts).isLessThan(SwingUp.ACTS);
        assertThat(task.timeIsUp()).isFalse();
    }

    @Test
    void act_leavingTheCartAlone_lastsTenSecondsAndEarnsNextToNothing() {
        restart();
        double sum = 0;
        int acts = 0;
        while (!task.timeIsUp()) {
            sum += task.act(1);
            acts++;
        }
        assertThat(task.fallen()).isFalse();
        assertThat(acts * SwingUp.TICK).isEqualTo(10);
        assertThat(sum).isBetween(0.0, 0.3);
    }

    @Test
    void observe_hanging_isWithinItsRanges() {
        restart();
        var senses = new double[SwingUp.SENSES];
        task.observe(senses);
        assertThat(senses[3]).isLessThan(-0.9);
        assertThat(java.util.Arrays.stream(senses)).allMatch(sense -> Math.abs(sense) <= 1);
    }
}
