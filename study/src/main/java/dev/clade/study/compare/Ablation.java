package dev.clade.study.compare;

import dev.clade.population.Lineage;
import dev.clade.settings.Setting;
import dev.clade.study.replay.Schedule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is left of PBT when a part is taken away: each asks what that part is worth (Jaderberg et al.
/// 2017, section 5).
public enum Ablation {
    NO_EXPLOIT("no-exploit", "nobody copies; everybody explores at every ready point") {
        @Override
        Setting.Mapping of(Setting.Mapping pbt) {
            return pbt.with("exploit", Setting.word("none"))
                    .with("explore", always(pbt.entries().get("explore")));
        }
    },
    NO_EXPLORE("no-explore", "copies keep the donor's values") {
        @Override
        Setting.Mapping of(Setting.Mapping pbt) {
            return pbt.with("explore", Setting.word("none"));
        }
    },
    WEIGHTS_ONLY("weights-only", "a copy takes the donor's weights, and explores from its own values") {
        @Override
        Setting.Mapping of(Setting.Mapping pbt) {
            return pbt.with("inherit", Setting.list(List.of(Setting.word("weights"))));
        }
    },
    HYPERPARAMETERS_ONLY("hyperparameters-only", "a copy takes the donor's values, explored, and keeps its weights") {
        @Override
        Setting.Mapping of(Setting.Mapping pbt) {
            return pbt.with("inherit", Setting.list(List.of(Setting.word("hyperparameters"))));
        }
    },
    FROZEN("frozen", "everybody keeps its first values; weights alone are selected") {
        @Override
        Setting.Mapping of(Setting.Mapping pbt) {
            return NO_EXPLORE.of(WEIGHTS_ONLY.of(pbt));
        }
    },
    FINAL_FIXED("final-fixed", "fresh members, all under the last values of the winner that pbt found, throughout") {
        @Override
        Schedule replayed(Schedule found) {
            return found.last();
        }
    },
    SCHEDULE("schedule", "fresh members, all under the schedule of the winner that pbt found") {
        @Override
        Schedule replayed(Schedule found) {
            return found.merged();
        }
    };

    private final String word;
    private final String meaning;

    Ablation(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    /// Its name on the command line and in names of experiments.
    public String word() {
        return word;
    }

    /// What its members do, in words.
    public String meaning() {
        return meaning;
    }

    /// The ablation of a word.
    public static Optional<Ablation> of(String word) {
        return Arrays.stream(values()).filter(a -> a.word.equals(word)).findFirst();
    }

    /// Whether it trains again what the pbt arm of the same seed has found: it can begin only when that
    /// has ended.
    public boolean follows() {
        return this == FINAL_FIXED || this == SCHEDULE;
    }

    /// PBT's settings without the part.
    Setting.Mapping of(Setting.Mapping pbt) {
        return pbt;
    }

    /// What is trained again, of the schedule that the winner's weights went through.
    Schedule replayed(Schedule found) {
        throw new IllegalStateException(word + " follows nothing");
    }

    /// The tuner that trains what was found again.
    Setting tuner(List<Lineage.Stage> found) {
        return replayed(Schedule.found(found)).tuner();
    }

    /// Explored whether copied or not.
    private static Setting always(@Nullable Setting explore) {
        return switch (explore) {
            case null -> Setting.map("when", Setting.word("always"));
            case Setting.Mapping map -> map.with("when", Setting.word("always"));
            case Setting.Scalar scalar
            when scalar.text().equals("resample") -> {
                var entries = new LinkedHashMap<String, Setting>();
                entries.put("resample", Setting.word("1"));
                entries.put("when", Setting.word("always"));
                yield Setting.map(entries);
            }
            default -> explore;
        };
    }
}
