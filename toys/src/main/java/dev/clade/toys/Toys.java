package dev.clade.toys;

import dev.clade.fault.Fault;
import dev.clade.settings.Setting;
import dev.clade.toys.pole.PoleTrainer;
import dev.clade.trainer.Trainer;
import dev.clade.trainer.Trainers;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// `trainer: {toy: NAME}`.
public final class Toys implements Trainers {

    @Override
    public String word() {
        return "toy";
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(
                List.of("deceptive", "drift", "plain", "pole", "power_law", "quadratic", "ridge", "sleeper"));
    }

    @Override
    public Trainer.Factory read(Setting.Mapping settings, Path folder) {
        var name = settings.entries().get("toy");
        return switch (name == null ? "" : name.asText()) {
            case "quadratic" -> Quadratic.factory(settings);
            case "plain" -> Decay.factory(settings, false);
            case "deceptive" -> Decay.factory(settings, true);
            case "power_law" -> PowerLaw.factory(settings);
            case "drift" -> Drift.factory(settings);
            case "ridge" -> Ridge.factory(settings);
            case "sleeper" -> Sleeper.factory(settings);
            case "pole" -> PoleTrainer.factory(settings);
            default ->
                throw new Fault(
                        1401,
                        settings.place() + " there is no such toy.",
                        settings + ".",
                        "one of " + String.join(", ", names()) + ".",
                        "correct the name.");
        };
    }
}
