package dev.clade.bench.lanes;

import dev.clade.fault.Fault;
import dev.clade.settings.Setting;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/// Steps of members in a second, in lanes against alone, on the same cores:
///
/// ```
/// bench/run lanes --data FOLDER [--networks conv,mlp] [--batches 8,16,64] [--sizes 1,2,4,8,16,32,64,128,256]
///                 [--slots 2] [--alone 2] [--rounds 5] [--steps 256]
/// bench/run lanes --trainers "zoo=actor,world=bricks;zoo=actor,world=dots,environments=32" [--sizes ...]
/// ```
///
/// With `--data` the digits, each network with each batch; with `--trainers` any workload of the zoo that has
/// lanes, its settings as pairs.
///
/// Alone: a member in each slot, of one thread; on a GPU `--alone` may name another number of slots, which share it. In
/// lanes: a crew in each slot, of one thread. In every round both are
/// measured, one after the other, and divided; what is printed is the median of the rounds, with the least and the
/// most. A round takes so many steps of members in each slot, and at least 20 of each member.
public final class LaneRates {

    /// A segment has more steps than this.
    private static final int LEAST = 20;

    private LaneRates() {}

    /// @param trainers settings of each, without their lanes
    private record Asked(List<Map<String, String>> trainers, List<Integer> sizes, Work work) {}

    /// @param slots of crews
    /// @param alone slots of members alone
    /// @param steps of members in a slot and round
    private record Work(int slots, int alone, int rounds, int steps) {}

    public static void main(String[] words) throws IOException, InterruptedException, ExecutionException {
        try {
            run(asked(words));
        } catch (Fault fault) {
            System.err.println(fault.getMessage());
            System.exit(2);
        }
    }

    private static Asked asked(String[] words) {
        var options = new LinkedHashMap<String, String>();
        options.put("--networks", "conv,mlp");
        options.put("--batches", "8,16,64");
        options.put("--sizes", "1,2,4,8,16,32,64,128,256");
        options.put("--slots", "2");
        options.put("--rounds", "5");
        options.put("--steps", "256");
        for (int i = 0; i + 1 < words.length; i += 2) {
            options.put(words[i], words[i + 1]);
        }
        return new Asked(
                trainers(options),
                numbers(options, "--sizes"),
                new Work(
                        numbers(options, "--slots").getFirst(),
                        Integer.parseInt(options.getOrDefault("--alone", options.get("--slots"))),
                        numbers(options, "--rounds").getFirst(),
                        numbers(options, "--steps").getFirst()));
    }

    private static List<Map<String, String>> trainers(Map<String, String> options) {
        var trainers = options.get("--trainers");
        if (trainers != null) {
            return Arrays.stream(trainers.split(";", -1)).map(LaneRates::pairs).toList();
        }
        var data = options.get("--data");
        if (data == null) {
            throw new Fault(
                    6001,
                    "the benchmark 'lanes' cannot start.",
                    String.join(" ", options.keySet()) + ".",
                    "--data FOLDER, or --trainers.",
                    "name the folder of optdigits.tra and optdigits.tes: bench/run lanes --data FOLDER.");
        }
        var digits = new ArrayList<Map<String, String>>();
        for (var network : listed(options, "--networks")) {
            for (var batch : listed(options, "--batches")) {
                digits.add(pairs("zoo=digits,network=" + network + ",batch=" + batch + ",data="
                        + Path.of(data).toAbsolutePath()));
            }
        }
        return digits;
    }

    private static Map<String, String> pairs(String text) {
        var pairs = new LinkedHashMap<String, String>();
        for (var pair : text.split(",", -1)) {
            int at = pair.indexOf('=');
            if (at < 1) {
                throw new Fault(
                        6001,
                        "the benchmark 'lanes' cannot start.",
                        "'" + pair + "' in --trainers.",
                        "name=value.",
                        "write --trainers zoo=actor,world=bricks, several with ; between them.");
            }
            pairs.put(pair.substring(0, at), pair.substring(at + 1));
        }
        return pairs;
    }

    private static List<String> listed(Map<String, String> options, String name) {
        return Arrays.asList(java.util.Objects.requireNonNull(options.get(name)).split(","));
    }

    private static List<Integer> numbers(Map<String, String> options, String name) {
        return listed(options, name).stream().map(Integer::valueOf).toList();
    }

    private static void run(Asked asked) throws IOException, InterruptedException, ExecutionException {
        for (var trainer : asked.trainers()) {
            System.out.println(trainer);
            System.out.println("crew  members at work  alone, us  in lanes, us  ratio by the clock      ratio by"
                    + " processor time");
            for (int size : asked.sizes()) {
                compared(asked, trainer, size);
            }
            try (var chosen = trainers(trainer, "auto").lanes(Place.ANYWHERE)) {
                System.out.printf("lanes: auto chose %d%n", chosen.width());
            }
        }
    }

    private static void compared(Asked asked, Map<String, String> trainer, int size)
            throws IOException, InterruptedException, ExecutionException {
        var work = asked.work();
        try (var alone = Crews.begun(trainers(trainer, "1"), work.alone());
                var lanes = Crews.begun(trainers(trainer, Integer.toString(size)), work.slots())) {
            long steps = Math.max(LEAST, work.steps() / size);
            alone.train(work.steps());
            lanes.train(steps);
            var walls = new ArrayList<Double>();
            var processors = new ArrayList<Double>();
            var times = new TreeMap<Double, Double>();
            for (int round = 0; round < work.rounds(); round++) {
                var one = alone.train(work.steps());
                var other = lanes.train(steps);
                walls.add(one.wall() / other.wall());
                processors.add(one.processor() / other.processor());
                times.put(one.wall(), other.wall());
            }
            System.out.printf(
                    Locale.ROOT,
                    "%4d  %15d  %9.0f  %12.0f  %s     %s%n",
                    size,
                    lanes.members(),
                    1e6 * times.firstKey(),
                    1e6
                            * times.values().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .min()
                                    .orElseThrow(),
                    new Ratio(walls),
                    new Ratio(processors));
        }
    }

    private static Trainer.Factory trainers(Map<String, String> trainer, String lanes) {
        var settings = new LinkedHashMap<String, Setting>();
        trainer.forEach((name, value) -> settings.put(name, Setting.text(value)));
        settings.put("lanes", Setting.text(lanes));
        return new Zoo().read(Setting.map(settings), Path.of(""));
    }
}
