package dev.clade.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clade.fault.Fault;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Place;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToysTest {

    @TempDir
    Path folder;

    private static Setting.Mapping settings(String toy, Map<String, String> more) {
        var map = new LinkedHashMap<String, Setting>();
        map.put("toy", Setting.word(toy));
        more.forEach((name, value) -> map.put(name, Setting.word(value)));
        return Setting.map(map);
    }

    private static Trainer trainer(String toy, Map<String, String> more) throws IOException {
        return new Toys().read(settings(toy, more), Path.of(".")).create(Place.ANYWHERE);
    }

    private static Trainer begun(String toy, Map<String, String> more, double h) throws IOException {
        var trainer = trainer(toy, more);
        trainer.begin(start(new Origin.Fresh(), h));
        return trainer;
    }

    private static Start start(Origin origin, double h) {
        return new Start(origin, 1, Hyperparameters.NONE.with("h", new Value.Real(h)), new TreeSet<>());
    }

    private static double read(Evaluation evaluation, String metric) {
        return ((Reading.Finite) evaluation.metrics().get(metric)).mean();
    }

    private byte[] saved(Trainer which, String name) throws IOException {
        var to = Files.createDirectory(folder.resolve(name));
        which.save(to);
        return Files.readAllBytes(to.resolve("state"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"power_law", "drift", "ridge", "plain", "deceptive"})
    void begin_warmOrLoaded_trainsToTheSameBits(String toy) throws IOException {
        var warm = begun(toy, Map.of(), 0.3);
        warm.train(new Steps(37));
        var first = Files.createDirectory(folder.resolve("first"));
        warm.save(first);
        var resumed = trainer(toy, Map.of());
        var copied = begun(toy, Map.of(), 0.9);
        copied.train(new Steps(5));

        warm.begin(start(new Origin.Keep(), 0.05));
        resumed.begin(start(new Origin.Resume(first), 0.05));
        copied.begin(start(new Origin.Copy(first), 0.05));
        warm.train(new Steps(41));
        resumed.train(new Steps(41));
        copied.train(new Steps(41));

        var expected = saved(warm, "warm");
        assertThat(saved(resumed, "resumed")).isEqualTo(expected);
        assertThat(saved(copied, "copied")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"power_law", "drift", "ridge"})
    void evaluate_withNoise_isKeyedByTheSeedAndChangesNothing(String toy) throws IOException {
        var trainer = begun(toy, Map.of("noise", "0.1"), 0.3);
        trainer.train(new Steps(3));
        var before = saved(trainer, "before");
        assertThat(trainer.evaluate(8)).isEqualTo(trainer.evaluate(8)).isNotEqualTo(trainer.evaluate(9));
        assertThat(saved(trainer, "after")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"power_law", "drift", "ridge"})
    void begin_withANameItDoesNotKnow_leavesItOutOfTheReceipt(String toy) throws IOException {
        var asked = Hyperparameters.NONE.with("h", new Value.Real(0.3)).with("momentum", new Value.Real(0.9));
        assertThat(trainer(toy, Map.of()).begin(new Start(new Origin.Fresh(), 1, asked, new TreeSet<>())))
                .isEqualTo(Hyperparameters.NONE.with("h", new Value.Real(0.3)));
    }

    @Test
    void powerLaw_atTheBestH_followsTheLaw() throws IOException {
        var trainer = begun("power_law", Map.of(), 0.1);
        assertThat(read(trainer.evaluate(1), "loss")).isEqualTo(1.1);
        trainer.train(new Steps(99));
        assertThat(read(trainer.evaluate(1), "loss")).isCloseTo(0.1 + 0.1, within(1e-9));
    }

    @Test
    void powerLaw_offByTheWidth_hasTheExponentOfTheFormula() throws IOException {
        var trainer = begun("power_law", Map.of("floor", "0", "width", "0.5"), 0.1 * Math.exp(0.5));
        trainer.train(new Steps(99));
        double b = 0.5 * Math.exp(-0.5);
        assertThat(read(trainer.evaluate(1), "loss")).isCloseTo(Math.pow(100, -b), within(1e-9));
    }

    @Test
    void powerLaw_withAnotherH_goesOnFromTheSameExcess() throws IOException {
        var trainer = begun("power_law", Map.of("floor", "0"), 0.1);
        trainer.train(new Steps(99));
        trainer.begin(start(new Origin.Keep(), 0.1 * Math.exp(1)));
        double b = 0.5 * Math.exp(-0.5);
        double u = Math.pow(0.1, -1 / b);
        trainer.train(new Steps(100));
        assertThat(read(trainer.evaluate(1), "loss")).isCloseTo(Math.pow(u + 100, -b), within(1e-9));
    }

    @Test
    void powerLaw_exponentOfZero_learnsNothing() throws IOException {
        var trainer = begun("power_law", Map.of("exponent", "0"), 0.1);
        trainer.train(new Steps(9));
        assertThat(read(trainer.evaluate(1), "loss")).isEqualTo(1.1);
    }

    @Test
    void drift_firstSteps_followTheFormula() throws IOException {
        var trainer = begun("drift", Map.of("lag", "2", "horizon", "10", "width", "1", "height", "1"), 1);
        trainer.train(new Steps(3));
        double second = 0.1 * Math.exp(-Math.pow(Math.log(5) * 0.1, 2) / 2);
        double third = 0.2 * Math.exp(-Math.pow(Math.log(5) * 0.2, 2) / 2);
        assertThat(read(trainer.evaluate(1), "score")).isCloseTo(second / 2 + (third - second / 2) / 2, within(1e-12));
    }

    @Test
    void drift_constantH_endsWithNothing() throws IOException {
        var early = begun("drift", Map.of(), 1);
        early.train(new Steps(200));
        assertThat(read(early.evaluate(1), "score")).isBetween(0.5, 1.0);
        early.train(new Steps(800));
        assertThat(read(early.evaluate(1), "score")).isLessThan(0.1);
    }

    @Test
    void drift_followed_comesNearTheHeight() throws IOException {
        var trainer = begun("drift", Map.of(), 1);
        for (int i = 0; i < 100; i++) {
            trainer.begin(start(new Origin.Keep(), Math.pow(0.2, i / 100.0)));
            trainer.train(new Steps(10));
        }
        assertThat(read(trainer.evaluate(1), "score")).isGreaterThan(4.8);
    }

    @Test
    void ridge_firstSteps_followTheFormula() throws IOException {
        var trainer = trainer("ridge", Map.of("horizon", "2", "width", "2", "height", "10"));
        var h = new Value.Vector(List.of(new Value.Real(0.5), new Value.Real(0.1)));
        trainer.begin(new Start(new Origin.Fresh(), 1, Hyperparameters.NONE.with("h", h), new TreeSet<>()));
        trainer.train(new Steps(2));
        double half = Math.log(10) / 2;
        double odd = Math.log(0.1 / 0.05);
        double first = 5 / (1 + Math.pow(odd / 2, 2));
        double second = 5 / (1 + Math.pow(half / 2, 2) + Math.pow((odd - half) / 2, 2));
        assertThat(read(trainer.evaluate(1), "score")).isCloseTo(first + second, within(1e-12));
    }

    @Test
    void ridge_followed_comesNearTheHeight() throws IOException {
        var trainer = begun("ridge", Map.of(), 1);
        for (int i = 0; i < 100; i++) {
            trainer.begin(start(i == 0 ? new Origin.Fresh() : new Origin.Keep(), 0.5 * Math.pow(0.1, i / 100.0)));
            trainer.train(new Steps(10));
        }
        assertThat(read(trainer.evaluate(1), "score")).isBetween(0.99, 1.0);
    }

    @Test
    void read_unknownSetting_isRefusedByName() {
        assertThatThrownBy(() -> trainer("drift", Map.of("speed", "2")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("the trainer 'drift' has no setting 'speed'");
    }

    @Test
    void names_everyOne_canBeRead() throws IOException {
        assertThat(new Toys().names())
                .containsExactly("deceptive", "drift", "plain", "pole", "power_law", "quadratic", "ridge", "sleeper");
        for (var name : new Toys().names()) {
            try (var trainer = trainer(name, Map.of())) {
                assertThat(trainer).isNotNull();
            }
        }
    }
}
