package dev.clade.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.settings.Place;
import dev.clade.settings.Setting;
import dev.clade.trainer.Capability;
import dev.clade.trainer.Trainers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZooTest {

    @TempDir
    Path folder;

    /// `name, text` pairs as the mapping `{name: text, ...}` of line 7, each value ten columns behind the one
    /// before.
    private static Setting.Mapping settings(String... pairs) {
        var entries = new LinkedHashMap<String, Setting>();
        for (int i = 0; i < pairs.length; i += 2) {
            entries.put(pairs[i], new Setting.Scalar(pairs[i + 1], false, new Place("x.yaml", 7, 10 + 5 * i)));
        }
        return new Setting.Mapping(entries, new Place("x.yaml", 7, 1));
    }

    @Test
    void zoo_asAService_isFound() {
        assertThat(ServiceLoader.load(Trainers.class).stream().map(ServiceLoader.Provider::get))
                .filteredOn(trainers -> trainers.word().equals("zoo"))
                .singleElement()
                .satisfies(zoo -> assertThat(zoo.names()).contains("digits", "gan"));
    }

    @Test
    void read_digits_saysWhatItCan() {
        var factory = new Zoo().read(settings("zoo", "digits", "batch", "32", "device", "cpu"), folder);
        assertThat(factory.capabilities())
                .containsExactlyInAnyOrder(Capability.BLEND, Capability.LANES, Capability.MIDWAY, Capability.BITWISE);
    }

    @ParameterizedTest
    @CsvSource({"'', digits", "elsewhere, elsewhere", "/absolute, /absolute"})
    void create_withoutData_namesTheFolderItLookedIn(String setting, String where) {
        var settings = setting.isEmpty() ? settings("zoo", "digits") : settings("zoo", "digits", "data", setting);
        var factory = new Zoo().read(settings, folder);
        assertThatThrownBy(() -> factory.create(dev.clade.trainer.Place.ANYWHERE))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("CLADE-3303 the trainer 'digits' has no data.  Found: no file "
                        + folder.resolve(where).resolve("optdigits.tra") + ".");
    }

    @Test
    void read_anUnknownName_listsTheKnown() {
        assertThatThrownBy(() -> new Zoo().read(settings("zoo", "digit"), folder))
                .hasMessage("CLADE-1001 x.yaml:7:10 is not what it should be.  Found: digit  Expected: a"
                        + " workload of the zoo: digits, gan.  Mend: correct it there.");
    }

    @Test
    void read_aMisspeltSetting_namesIt() {
        assertThatThrownBy(() -> new Zoo().read(settings("zoo", "digits", "bacth", "32"), folder))
                .hasMessage(
                        "CLADE-1004 x.yaml:7:20 the trainer 'digits' has no setting 'bacth'.  Found:"
                                + " bacth.  Expected: one of zoo, data, validation, batch, schedule, network, lanes, device.  Mend: write 'batch'.");
    }

    @Test
    void read_anotherDevice_saysThatOnlyCpuIsBuiltIn() {
        assertThatThrownBy(() -> new Zoo().read(settings("zoo", "digits", "device", "cuda"), folder))
                .hasMessage("CLADE-1001 x.yaml:7:20 is not what it should be.  Found: cuda  Expected: cpu:"
                        + " the zoo is built with the library for processors only.  Mend: correct it there.");
    }

    @Test
    void read_anUnknownSchedule_listsTheKnown() {
        assertThatThrownBy(() -> new Zoo().read(settings("zoo", "digits", "schedule", "linear"), folder))
                .hasMessage("CLADE-1001 x.yaml:7:20 is not what it should be.  Found: linear  Expected:"
                        + " constant or {cosine: steps}.  Mend: correct it there.");
    }

    @Test
    void read_aBatchOfNothing_isRefused() {
        assertThatThrownBy(() -> new Zoo().read(settings("zoo", "digits", "batch", "0"), folder))
                .hasMessageContaining("x.yaml:7:20")
                .hasMessageContaining("a whole number of at least 1");
        assertThatThrownBy(() -> new Zoo().read(settings("zoo", "digits", "validation", "2"), folder))
                .hasMessageContaining("a number from 0.01 to 0.99");
    }
}
