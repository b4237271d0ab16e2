package dev.clade.run.process;

import dev.clade.population.Specification;
import dev.clade.trainer.Place;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The variables of a trainer's process: those that Clade has but for its own (`CLADE_...`: tokens, the store's URL),
/// those
/// of `environment: {set: ...}`, its devices, and as many threads as it has cores.
public final class Environment {

    private static final String OURS = "CLADE_";

    /// Set by Clade's launcher beside an `OMP_NUM_THREADS` that nobody else has set.
    private static final String OUR_THREADS = "CLADE_OMP";

    private static final String OPEN_MP = "OMP_NUM_THREADS";
    private static final List<String> THREADS = List.of(OPEN_MP, "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS");

    private Environment() {}

    /// @param place whose slot and threads it is for
    /// @throws dev.clade.fault.Fault 1441 where there is no device for the slot
    public static SortedMap<String, String> of(Specification specification, Place place) {
        return of(System.getenv(), specification, place, Devices::visible);
    }

    /// Shows the devices of an environment.
    @FunctionalInterface
    interface Shown {
        Devices by(Map<String, String> environment);
    }

    static SortedMap<String, String> of(
            Map<String, String> inherited, Specification specification, Place place, Shown devices) {
        var variables = new TreeMap<String, String>();
        inherited.forEach((name, value) -> {
            boolean launchers = name.equals(OPEN_MP) && inherited.containsKey(OUR_THREADS);
            if (!name.startsWith(OURS) && !launchers) {
                variables.put(name, value);
            }
        });
        variables.putAll(specification.environment());
        THREADS.forEach(name -> variables.putIfAbsent(name, Integer.toString(place.threads())));
        variables.putIfAbsent("PYTHONUNBUFFERED", "1");
        var gpus = specification.resources().gpus();
        if (gpus > 0) {
            var shown = devices.by(variables);
            shown.of(place.slot(), gpus).forEach((name, value) -> {
                if (name.equals(shown.variable())) {
                    variables.put(name, value);
                } else {
                    variables.putIfAbsent(name, value);
                }
            });
        }
        return variables;
    }
}
