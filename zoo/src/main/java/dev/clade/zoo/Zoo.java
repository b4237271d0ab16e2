package dev.clade.zoo;

import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.trainer.Trainer;
import dev.clade.trainer.Trainers;
import dev.clade.zoo.a3c.A3c;
import dev.clade.zoo.actor.Actor;
import dev.clade.zoo.digits.Digits;
import dev.clade.zoo.feudal.Fun;
import dev.clade.zoo.gan.Gan;
import dev.clade.zoo.translation.Translation;
import dev.clade.zoo.unreal.Unreal;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The provider of `trainer: {zoo: NAME, ...}`. Reading settings touches neither data nor the native library; the
/// first trainer that is created does.
public final class Zoo implements Trainers {

    /// Reads a workload's settings.
    @FunctionalInterface
    private interface Workload {
        /// @param population how many members there are to be
        Trainer.Factory read(Setting.Mapping settings, Path folder, int population);
    }

    private static final SortedMap<String, Workload> WORKLOADS = Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
            "a3c",
            A3c::read,
            "actor",
            Actor::read,
            "digits",
            Digits::read,
            "fun",
            Fun::read,
            "gan",
            Gan::read,
            "translation",
            Translation::read,
            "unreal",
            Unreal::read)));

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
        return read(settings, folder, Integer.MAX_VALUE);
    }

    @Override
    public Trainer.Factory read(Setting.Mapping settings, Path folder, Setting.Mapping experiment) {
        var population = Optional.ofNullable(experiment.entries().get("population"));
        return read(settings, folder, population.map(count -> count.asCount(1)).orElse(Integer.MAX_VALUE));
    }

    private Trainer.Factory read(Setting.Mapping settings, Path folder, int population) {
        var name = Fields.of(settings, "the trainer").need(word());
        var workload = WORKLOADS.get(name.asText());
        if (workload == null) {
            throw name.wrong(name.asText(), "a workload of the zoo: " + String.join(", ", WORKLOADS.keySet()));
        }
        return workload.read(settings, folder, population);
    }
}
