package dev.clade.tuners.pb2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.pbt.Exploit;
import dev.clade.pbt.PopulationBasedTraining;
import dev.clade.population.Story;
import dev.clade.tune.Tuners;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class Pb2ReaderTest {

    private static PopulationBasedTraining read(Tuners word, String... settings) {
        return (PopulationBasedTraining) word.read(Story.of(settings).now().specification());
    }

    @Test
    void words_areFound() {
        assertThat(ServiceLoader.load(Tuners.class).stream().map(p -> p.get().word()))
                .contains("pb2", "pb2-mix");
    }

    @Test
    void pb2_isSerialPbtOfAQuarter() {
        var tuner = read(new Pb2Reader());
        assertThat(tuner.word()).isEqualTo("pb2");
        assertThat(tuner.serial()).isTrue();
        assertThat(tuner.synchronous()).isFalse();
        assertThat(tuner.exploit()).isEqualTo(new Exploit.Truncation(0.25));
        assertThat(tuner.explore()).isEqualTo(new Pb2(100, 0.2, new Kept()));
        assertThat(new Pb2Reader().parts()).containsExactly("ready", "scores", "exploit", "inherit");
    }

    @Test
    void exploit_givenByTheFile_counts() {
        assertThat(read(new Pb2Reader(), "exploit: binary_tournament").exploit())
                .isEqualTo(new Exploit.BinaryTournament());
    }

    @Test
    void pb2Mix_countsTheRoundsOfTheBudget() {
        assertThat(read(new Pb2MixReader(), "budget: {steps: 500}", "ready: {every: 20}")
                        .explore())
                .isEqualTo(new Pb2(100, 0.2, new Bandits(25)));
        assertThat(read(new Pb2MixReader(), "tuner: {pb2-mix: {window: 30, beta: 1, rounds: 7}}")
                        .explore())
                .isEqualTo(new Pb2(30, 1, new Bandits(7)));
    }

    @Test
    void windowThatIsTooLarge_isRefused() {
        assertThatThrownBy(() -> read(new Pb2Reader(), "tuner: {pb2: {window: 2000}}"))
                .hasMessageContaining("Found: 2000")
                .hasMessageContaining("Expected: from 1 to 1000 rows");
    }

    @Test
    void settingThatThereIsNot_isRefused() {
        assertThatThrownBy(() -> read(new Pb2Reader(), "tuner: {pb2: {rounds: 5}}"))
                .hasMessageContaining("the tuner 'pb2' has no setting 'rounds'");
    }
}
