package dev.clade.zoo;

import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.trainer.Trainer;
import dev.clade.trainer.Trainers;
import dev.clade.zoo.digits.Digits;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/// The provider of `trainer: {zoo: NAME, ...}`. Reading settings touches neither data nor the native library; the
/// first trainer that is created does.
public final class Zoo implements Trainers {

    private static final SortedMap<String, BiFunction<Setting.Mapping, Path, Trainer.Factory>> WORKLOADS =
            Collections.unmodifiableSortedMap(new TreeMap<>(Map.of("digits", Digits::read)));

    @Override
    public String word() {
        return "zoo";
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(WORKLOADS.keySet()));
    }

    @Override
    public Trainer.Factory read(Setting.Mapping settings, Path folder) {
        var name = Fields.of(settings, "the trainer").need(word());
        var workload = WORKLOADS.get(name.asText());
        if (workload == null) {
            throw name.wrong(name.asText(), "a workload of the zoo: " + String.join(", ", WORKLOADS.keySet()));
        }
        return workload.apply(settings, folder);
    }
}
