package dev.clade.run.process;

import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/// The devices that this process may use, and which of them are whose.
///
/// @param variable by which programs are told
/// @param ids as that variable names them: numbers, or `GPU-...`, `MIG-...`
public record Devices(String variable, List<String> ids) {

    private static final String CUDA = "CUDA_VISIBLE_DEVICES";

    /// In the order in which they are asked for.
    private static final List<String> VARIABLES = List.of(CUDA, "HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES");

    private static final String JAX_MEMORY = "XLA_PYTHON_CLIENT_MEM_FRACTION";

    /// What JAX sets aside of a device's memory: as much of a slot's share as it takes of a whole device for one, and
    /// some room for others.
    private static final double JAX_SHARE = 0.9;

    /// Rounds 1 / 0.3333 up to what was meant.
    private static final double NEARLY = 1e-3;

    private static final long PATIENCE = 10; // seconds for nvidia-smi

    public Devices {
        ids = List.copyOf(ids);
    }

    /// Those of this process.
    public static Devices here() {
        return Here.DEVICES;
    }

    /// Counted once, and only where somebody asks.
    private static final class Here {
        private static final int COUNT = Devices.counted();
        private static final Devices DEVICES = visible(System.getenv(), () -> COUNT);
    }

    /// Those that an environment shows: as its variables say, else as many as are counted.
    public static Devices visible(Map<String, String> environment, IntSupplier counted) {
        for (var variable : VARIABLES) {
            var value = environment.get(variable);
            if (value != null) {
                return new Devices(variable, listed(value));
            }
        }
        return new Devices(
                CUDA,
                IntStream.range(0, counted.getAsInt())
                        .mapToObj(Integer::toString)
                        .toList());
    }

    static Devices visible(Map<String, String> environment) {
        return visible(environment, () -> Here.COUNT);
    }

    /// As CUDA reads it: what stands behind the first that is none is not visible.
    private static List<String> listed(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .takeWhile(id -> !id.isEmpty() && !id.startsWith("-") && !id.equals("NoDevFiles"))
                .toList();
    }

    private static int counted() {
        try (var gpus = Files.list(Path.of("/proc/driver/nvidia/gpus"))) {
            return (int) gpus.count();
        } catch (IOException e) {
            return listed();
        }
    }

    /// A line a device, by NVIDIA's own program; 0 where there is none.
    private static int listed() {
        try {
            var process = new ProcessBuilder("nvidia-smi", "-L")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return 0;
            }
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return (int) text.lines().filter(line -> line.startsWith("GPU ")).count();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /// How many slots they are enough for.
    ///
    /// @param gpus devices a slot: whole ones, or a fraction of one
    public int room(double gpus) {
        return gpus < 1 ? ids.size() * sharing(gpus) : ids.size() / (int) gpus;
    }

    /// How many slots share a device.
    private static int sharing(double fraction) {
        return (int) Math.floor(1 / fraction + NEARLY);
    }

    /// What a slot's program is told: its own devices, or the one that it shares.
    SortedMap<String, String> of(int slot, double gpus) {
        var told = new TreeMap<String, String>();
        if (gpus <= 0) {
            return told;
        }
        if (slot >= room(gpus)) {
            throw tooFew(slot + 1, gpus, "");
        }
        if (gpus < 1) {
            told.put(variable, ids.get(slot % ids.size()));
            told.put(JAX_MEMORY, Double.toString(Math.round(JAX_SHARE * gpus * 1e4) / 1e4));
        } else {
            int each = (int) gpus;
            told.put(variable, String.join(",", ids.subList(slot * each, (slot + 1) * each)));
        }
        return told;
    }

    /// How many slots this process has room for: by its devices where members take some, else by its cores.
    ///
    /// @throws Fault 1441 where members take devices and there are too few for one
    public static int slots(Specification specification, int cores) {
        double gpus = specification.resources().gpus();
        if (gpus <= 0) {
            return specification.resources().slots(cores);
        }
        int room = given(specification).room(gpus);
        if (room == 0) {
            throw given(specification).tooFew(1, gpus, place(specification));
        }
        return room;
    }

    /// Refuses more slots than there are devices for.
    ///
    /// @throws Fault 1441
    public static void enough(Specification specification, int slots) {
        double gpus = specification.resources().gpus();
        if (gpus > 0 && slots > given(specification).room(gpus)) {
            throw given(specification).tooFew(slots, gpus, place(specification));
        }
    }

    /// Those that the experiment file names, else those of this process.
    private static Devices given(Specification specification) {
        var environment = new TreeMap<>(System.getenv());
        environment.putAll(specification.environment());
        return visible(environment);
    }

    private static String place(Specification specification) {
        return Objects.requireNonNull(specification.settings().entries().get("resources"))
                        .place() + " ";
    }

    private Fault tooFew(int slots, double gpus, String place) {
        var each = gpus == Math.rint(gpus) ? Integer.toString((int) gpus) : Double.toString(gpus);
        return new Fault(
                1441,
                place + "there are fewer devices than the slots ask for.",
                (ids.isEmpty() ? "no device is visible" : variable + "=" + String.join(",", ids)) + ", for "
                        + (slots == 1 ? "one slot" : slots + " slots") + " of " + each + " each.",
                ids.isEmpty()
                        ? "devices that " + CUDA + " names or nvidia-smi lists."
                        : "at most " + (room(gpus) == 1 ? "one slot" : room(gpus) + " slots") + " here.",
                ids.isEmpty()
                        ? "run it where there are some, or take 'gpus' out of 'resources'."
                        : "lower 'slots' or 'gpus', or leave 'slots' out.");
    }
}
