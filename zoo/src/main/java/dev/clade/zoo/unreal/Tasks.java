package dev.clade.zoo.unreal;

import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What an experiment file says of the tasks beside the game.
///
/// @param tasks that there are
/// @param replay steps that a learner keeps, of all its environments together
/// @param pixelControlDiscount what the next change of a pixel is worth in this step, in `[0, 1]`
/// @param rewardPredictionWeight of that task's loss, at least 0
/// @param valueReplayWeight of that task's loss, at least 0
record Tasks(
        Set<Auxiliary> tasks,
        int replay,
        double pixelControlDiscount,
        double rewardPredictionWeight,
        double valueReplayWeight) {

    /// Jaderberg et al. 2016 (arXiv 1611.05397), appendix B.
    static final int REPLAY = 2_000;

    /// The same.
    static final double PIXEL_CONTROL_DISCOUNT = 0.9;

    static final double WEIGHT = 1;

    private static final double MOST = 1e6;

    private static final Setting NONE = Setting.word("none");

    Tasks {
        tasks = tasks.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(tasks));
    }

    /// These tasks, the rest as by default.
    static Tasks of(Set<Auxiliary> tasks) {
        return new Tasks(tasks, REPLAY, PIXEL_CONTROL_DISCOUNT, WEIGHT, WEIGHT);
    }

    static Tasks read(Fields fields) {
        return new Tasks(
                fields.find("auxiliary").map(Tasks::tasks).orElse(EnumSet.allOf(Auxiliary.class)),
                fields.find("replay").map(s -> s.asCount(1)).orElse(REPLAY),
                fields.find("pixel_control_discount").map(s -> s.asReal(0, 1)).orElse(PIXEL_CONTROL_DISCOUNT),
                fields.find("reward_prediction_weight")
                        .map(s -> s.asReal(0, MOST))
                        .orElse(WEIGHT),
                fields.find("value_replay_weight").map(s -> s.asReal(0, MOST)).orElse(WEIGHT));
    }

    private static Set<Auxiliary> tasks(Setting setting) {
        var tasks = EnumSet.noneOf(Auxiliary.class);
        if (!setting.equals(NONE)) {
            setting.asList().forEach(task -> tasks.add(task(task)));
        }
        return tasks;
    }

    private static Auxiliary task(Setting setting) {
        return List.of(Auxiliary.values()).stream()
                .filter(task -> task.word().equals(setting.asText()))
                .findFirst()
                .orElseThrow(() ->
                        setting.wrong(setting.asText(), "none, or some of " + String.join(", ", Auxiliary.words())));
    }

    boolean has(Auxiliary task) {
        return tasks.contains(task);
    }

    /// Whether some of them learn from replayed windows.
    boolean windows() {
        return has(Auxiliary.PIXEL_CONTROL) || has(Auxiliary.VALUE_REPLAY);
    }
}
