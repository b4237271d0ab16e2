package dev.clade.bench.figure2;

import dev.clade.app.wire.Wiring;
import dev.clade.population.Event;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.settings.Setting;
import dev.clade.store.memory.MemoryCheckpoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Experiments on toys, in virtual time, and the words of their settings.
final class Toy {

    private Toy() {}

    /// The end of an experiment.
    static Population run(Map<String, Setting> file, int slots) {
        var settings = Setting.map(file);
        var specification = Specification.read(settings);
        try (var checkpoints = new MemoryCheckpoints()) {
            return new VirtualEngine(
                            new Event.ExperimentCreated(specification.name(), settings, new TreeMap<>()),
                            Wiring.tuner(specification),
                            Wiring.trainer(specification, Path.of("")),
                            checkpoints,
                            slots,
                            Costs.STEPS)
                    .run()
                    .population();
        }
    }

    /// One result a seed, from 1, in their order.
    static <T> List<T> each(int seeds, int threads, IntFunction<T> run) {
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var running = IntStream.rangeClosed(1, seeds)
                    .mapToObj(seed -> pool.submit(() -> run.apply(seed)))
                    .toList();
            var results = new ArrayList<T>();
            for (var one : running) {
                results.add(one.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an experiment failed", e.getCause());
        }
    }

    static Setting.Mapping map(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Setting>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], setting(namesAndValues[i + 1]));
        }
        return Setting.map(map);
    }

    private static Setting setting(Object value) {
        return switch (value) {
            case Setting setting -> setting;
            case Number number -> Setting.number(number.doubleValue());
            case List<?> list -> Setting.list(list.stream().map(Toy::setting).toList());
            default -> Setting.word(value.toString());
        };
    }

    /// `--name count` pairs over what they are otherwise; says how it goes and exits with 2 where they are not that.
    static Map<String, Integer> options(String[] words, Map<String, Integer> otherwise) {
        var options = new TreeMap<>(otherwise);
        for (int i = 0; i < words.length; i += 2) {
            var value = i + 1 < words.length ? words[i + 1] : "";
            if (!otherwise.containsKey(words[i]) || !value.matches("[1-9]\\d{0,8}")) {
                System.err.println("found: " + String.join(" ", words) + "; expected: counts for any of "
                        + String.join(", ", options.keySet()) + ".");
                System.exit(2);
            }
            options.put(words[i], Integer.valueOf(value));
        }
        return options;
    }
}
