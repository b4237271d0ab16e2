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
                .satisfies(zoo -> assertThat(zoo.names())
                        .containsExactly("a3c", "actor", "digits", "fun", "gan", "translation", "unreal"));
    }

    @Test
    void read_digits_saysWhatItCan() {
        var factory = new Zoo().read(settings("zoo", "digits", "batch", "32", "device", "cpu"), folder);
        assertThat(factory.capabilities())
                .containsExactlyInAnyOrder(Capability.BLEND, Capability.MIDWAY, Capability.BITWISE);
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
                .hasMessage(
                        "CLADE-1001 x.yaml:7:10 is not what it should be.  Found: digit  Expected: a"
                                + " workload of the zoo: a3c, actor, digits, fun, gan, translation, unreal.  Mend: correct it there.");
    }

    @Test
    void read_aMisspeltSetting_namesIt() {
        assertThatThrownBy(() -> new Zoo().read(settings("zoo", "digits", "bacth", "32"), folder))
                .hasMessage(
                        "CLADE-1004 x.yaml:7:20 the trainer 'digits' has no setting 'bacth'.  Found:"
                                + " bacth.  Expected: one of zoo, data, validation, batch, schedule, network, device, lanes.  Mend: write 'batch'.");
    }

    @Test
    void read_aDeviceThatIsNone_isRefused() {
        assertThatThrownBy(() -> new Zoo().read(settings("zoo", "digits", "device", "gpu"), folder))
                .hasMessage("CLADE-1001 x.yaml:7:20 is not what it should be.  Found: gpu  Expected: cpu,"
                        + " cuda, or cuda: and the number of a GPU.  Mend: correct it there.");
    }

    @Test
    void create_onADeviceThatIsNotHere_saysHowToGetIt() {
        var factory = new Zoo().read(settings("zoo", "digits", "device", "cuda:99"), folder);
        assertThat(factory.capabilities()).doesNotContain(Capability.BITWISE);
        assertThatThrownBy(() -> factory.create(dev.clade.trainer.Place.ANYWHERE))
                .hasMessageStartingWith("CLADE-3307 there is no 'cuda:99'.  Found: ");
    }

    /// Learners in threads write as they come: no segment of theirs can be proved by its bytes.
    @Test
    void read_anAgentInThreads_isNotRepeatable() {
        var alone = new Zoo().read(settings("zoo", "a3c", "world", "crossing"), folder);
        assertThat(alone.capabilities()).contains(Capability.BITWISE);
        var together = new Zoo().read(settings("zoo", "a3c", "world", "crossing", "threads", "2"), folder);
        assertThat(together.capabilities()).doesNotContain(Capability.BITWISE);
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

    @Test
    void read_translation_saysWhatItCan() {
        assertThat(new Zoo()
                        .read(settings("zoo", "translation", "heads", "8"), folder)
                        .capabilities())
                .containsExactlyInAnyOrder(Capability.BLEND, Capability.MIDWAY, Capability.BITWISE);
        assertThatThrownBy(() ->
                        new Zoo().read(settings("zoo", "translation"), folder).create(dev.clade.trainer.Place.ANYWHERE))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("no file "
                        + folder.resolve("translation").resolve("train.en") + " or "
                        + folder.resolve("translation").resolve("train.en.gz") + ".");
    }

    @Test
    void read_translationOfNoShape_isRefusedAtItsPlace() {
        refused("a divisor of the width, 64", "heads", "5");
        refused("an even number", "width", "33");
        refused("a whole number of at least 2", "width", "0");
        refused("a whole number of at least 1", "layers", "0");
        refused("a part of a file's name", "source", "../en");
        refused("a whole number of at least 1", "sentences", "0");
        refused("cpu, cuda, or", "device", "tpu");
    }

    private void refused(String expected, String name, String value) {
        assertThatThrownBy(() -> new Zoo().read(settings("zoo", "translation", name, value), folder))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("x.yaml:7:20")
                .hasMessageContaining(expected);
    }
}
