package dev.clade.run.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.run.Experiment;
import dev.clade.settings.Setting;
import dev.clade.trainer.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {

    private static final Map<String, String> INHERITED = Map.of(
            "HOME", "/home/me",
            "CLADE_TOKEN", "secret",
            "CLADE_ATTACH_TOKEN", "secret",
            "CLADE_STORE", "postgresql://me:secret@host/db",
            "CLADE_ANYTHING", "secret",
            "PYTHONUNBUFFERED", "");

    private static Specification experiment(double gpus, Map<String, String> set) {
        var variables = new HashMap<String, Setting>();
        set.forEach((name, value) -> variables.put(name, Setting.text(value)));
        return Specification.read(Experiment.of(2)
                .with("environment", Setting.map("set", Setting.map(variables)))
                .with("resources", Setting.map("gpus", Setting.number(gpus)))
                .settings());
    }

    private static SortedMap<String, String> of(
            Map<String, String> inherited, double gpus, int slot, Map<String, String> set) {
        var place = new Place(slot, 3, "cpu");
        return Environment.of(inherited, experiment(gpus, set), place, shown -> Devices.visible(shown, () -> 4));
    }

    @Test
    void aProgram_hasWhatCladeHas_butNotItsSecrets() {
        assertThat(of(INHERITED, 0, 0, Map.of("HF_HOME", "/data", "HOME", "/other")))
                .containsOnly(
                        Map.entry("HOME", "/other"),
                        Map.entry("HF_HOME", "/data"),
                        Map.entry("PYTHONUNBUFFERED", ""),
                        Map.entry("OMP_NUM_THREADS", "3"),
                        Map.entry("MKL_NUM_THREADS", "3"),
                        Map.entry("OPENBLAS_NUM_THREADS", "3"));
    }

    @Test
    void aVariableOfThatKind_thatTheUserSets_isTheUsers() {
        assertThat(of(INHERITED, 0, 0, Map.of("CLADE_TOKEN", "mine", "OMP_NUM_THREADS", "8")))
                .containsEntry("CLADE_TOKEN", "mine")
                .containsEntry("OMP_NUM_THREADS", "8");
        assertThat(of(Map.of("OMP_NUM_THREADS", "5"), 0, 0, Map.of())).containsEntry("OMP_NUM_THREADS", "5");
        assertThat(of(Map.of("OMP_NUM_THREADS", "1", "CLADE_OMP", "1"), 0, 0, Map.of()))
                .containsEntry("OMP_NUM_THREADS", "3");
        assertThat(of(Map.of(), 0, 0, Map.of())).containsEntry("PYTHONUNBUFFERED", "1");
    }

    @ParameterizedTest
    @CsvSource({
        "1,    0, 0,     ",
        "1,    3, 3,     ",
        "2,    1, '2,3', ",
        "0.5,  0, 0, 0.45",
        "0.5,  5, 1, 0.45",
        "0.25, 15, 3, 0.225"
    })
    void aSlot_hasDevicesOfItsOwn_orSharesOne(double gpus, int slot, String ids, String memory) {
        var variables = of(Map.of(), gpus, slot, Map.of());

        assertThat(variables).containsEntry("CUDA_VISIBLE_DEVICES", ids);
        assertThat(variables.get("XLA_PYTHON_CLIENT_MEM_FRACTION")).isEqualTo(memory);
    }

    @Test
    void devices_areCutFromThoseThatCladeWasGiven_whateverTheyAreCalled() {
        assertThat(of(Map.of("CUDA_VISIBLE_DEVICES", "GPU-a, GPU-b"), 1, 1, Map.of()))
                .containsEntry("CUDA_VISIBLE_DEVICES", "GPU-b");
        assertThat(of(Map.of("HIP_VISIBLE_DEVICES", "5,7"), 1, 1, Map.of()))
                .containsEntry("HIP_VISIBLE_DEVICES", "7")
                .doesNotContainKey("CUDA_VISIBLE_DEVICES");
        assertThat(of(Map.of("ROCR_VISIBLE_DEVICES", "2"), 1, 0, Map.of())).containsEntry("ROCR_VISIBLE_DEVICES", "2");
        assertThat(of(Map.of(), 1, 1, Map.of("CUDA_VISIBLE_DEVICES", "6,7")))
                .containsEntry("CUDA_VISIBLE_DEVICES", "7");
        assertThat(of(Map.of("CUDA_VISIBLE_DEVICES", "1"), 0, 0, Map.of())).containsEntry("CUDA_VISIBLE_DEVICES", "1");
    }

    @Test
    void theUsersOwnShareOfJaxsMemory_stays() {
        assertThat(of(Map.of(), 0.5, 0, Map.of("XLA_PYTHON_CLIENT_MEM_FRACTION", "0.2")))
                .containsEntry("XLA_PYTHON_CLIENT_MEM_FRACTION", "0.2");
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "-1, 0", "'0,-1,2', 1", "'3', 1", "'0,1,2', 3", "NoDevFiles, 0"})
    void visibleDevices_areReadAsCudaReadsThem(String value, int count) {
        assertThat(Devices.visible(Map.of("CUDA_VISIBLE_DEVICES", value), () -> 9)
                        .ids())
                .hasSize(count);
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 2", "3, 1", "5, 0", "0.5, 8", "0.25, 16", "0.3, 12", "0.3333, 12", "0.6, 4", "0.1, 40"})
    void room_isForAsManySlotsAsFit(double gpus, int slots) {
        assertThat(new Devices("CUDA_VISIBLE_DEVICES", List.of("0", "1", "2", "3")).room(gpus))
                .isEqualTo(slots);
    }

    @Test
    void slotsThatShare_areSpread() {
        var two = new Devices("CUDA_VISIBLE_DEVICES", List.of("0", "1"));

        assertThat(two.of(0, 0.5)).containsEntry("CUDA_VISIBLE_DEVICES", "0");
        assertThat(two.of(1, 0.5)).containsEntry("CUDA_VISIBLE_DEVICES", "1");
        assertThat(two.of(2, 0.5)).containsEntry("CUDA_VISIBLE_DEVICES", "0");
    }

    @Test
    void moreSlotsThanDevices_areRefused() {
        var given = experiment(1, Map.of("CUDA_VISIBLE_DEVICES", "4,5"));

        assertThat(Devices.slots(given, 64)).isEqualTo(2);
        Devices.enough(given, 2);
        assertThatThrownBy(() -> Devices.enough(given, 3)).isInstanceOfSatisfying(Fault.class, f -> {
            assertThat(f.code()).isEqualTo(1441);
            assertThat(f.found()).isEqualTo("CUDA_VISIBLE_DEVICES=4,5, for 3 slots of 1 each.");
            assertThat(f.expected()).isEqualTo("at most 2 slots here.");
        });
        assertThatThrownBy(() -> Devices.slots(experiment(1, Map.of("CUDA_VISIBLE_DEVICES", "")), 64))
                .hasMessageContaining("no device is visible");
        assertThat(Devices.slots(experiment(0, Map.of()), 6)).isEqualTo(6);
    }
}
