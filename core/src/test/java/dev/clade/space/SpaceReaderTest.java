package dev.clade.space;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.settings.Place;
import dev.clade.settings.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpaceReaderTest {

    private static final Place HERE = new Place("gan.yaml", 12, 8);

    private static Setting parameter(String name, Setting body) {
        return Setting.map(name, body);
    }

    private static Setting.Mapping map(String key, Setting value) {
        var entries = new LinkedHashMap<String, Setting>();
        entries.put(key, value);
        return new Setting.Mapping(entries, HERE);
    }

    private static Setting.Listing bounds(String low, String high) {
        return new Setting.Listing(List.of(Setting.word(low), Setting.word(high)), HERE);
    }

    @Test
    void reversedBounds_areNamedWithTheirMend() {
        assertThatThrownBy(() -> SpaceReader.read(parameter("lr", map("loguniform", bounds("1e-2", "1e-5")))))
                .hasMessage("CLADE-1102 gan.yaml:12:8 the bounds of 'lr' are reversed.  Found: [1e-2, 1e-5]."
                        + "  Expected: [low, high] with low <= high.  Mend: write [1e-5, 1e-2].");
    }

    @Test
    void bareBounds_getTheExactMend() {
        assertThatThrownBy(() -> SpaceReader.read(parameter("lr", bounds("1e-5", "1e-2"))))
                .hasMessage("CLADE-1104 gan.yaml:12:8 parameter 'lr' is not written as a domain.  Found: [1e-5, 1e-2]."
                        + "  Expected: one of uniform, loguniform, int, logint, choice, ordered."
                        + "  Mend: write 'lr: {loguniform: [1e-5, 1e-2]}' or uniform.");
    }

    @Test
    void minMax_getTheExactMend() {
        assertThatThrownBy(() -> SpaceReader.read(
                        parameter("lr", map("min", Setting.word("1e-5")).with("max", Setting.word("1e-2")))))
                .hasMessageEndingWith("Mend: write 'lr: {uniform: [1e-5, 1e-2]}'.");
    }

    @Test
    void logOfZero_isRefused() {
        assertThatThrownBy(() -> SpaceReader.read(parameter("lr", map("loguniform", bounds("0", "1")))))
                .hasMessageStartingWith("CLADE-1103 gan.yaml:12:8 the logarithm of 'lr' is not defined on its range.");
    }

    @Test
    void multiply_onWhatIsMultipliedAnyway_isRefused() {
        var body =
                map("loguniform", bounds("1e-5", "1e-2")).with("perturb", new Setting.Scalar("multiply", false, HERE));
        assertThatThrownBy(() -> SpaceReader.read(parameter("lr", body)))
                .hasMessage("CLADE-1001 gan.yaml:12:8 is not what it should be."
                        + "  Found: perturb: multiply on loguniform  Expected: perturb: multiply on uniform."
                        + "  Mend: correct it there.");
    }
}
