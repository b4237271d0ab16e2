package dev.clade.study.compare;

import dev.clade.settings.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// One who takes part in a comparison.
public sealed interface Arm {

    /// Its name in tables and in the names of its experiments.
    String name();

    /// A tuner.
    ///
    /// @param tuner as an experiment file has it: `asha`, or `{asha: {eta: 4}}`
    record Tuned(String name, Setting tuner) implements Arm {

        public String word() {
            return Arm.word(tuner);
        }
    }

    /// PBT without one of its parts, or what it found, trained again.
    record Ablated(Ablation ablation) implements Arm {
        @Override
        public String name() {
            return ablation.word();
        }
    }

    /// Arms for tuners, named by their words; a word that comes again gets a number.
    static List<Arm> tuned(List<Setting> tuners) {
        var arms = new ArrayList<Arm>();
        var names = new HashSet<String>();
        for (var tuner : tuners) {
            var word = word(tuner);
            var name = word;
            for (int i = 2; !names.add(name); i++) {
                name = word + "-" + i;
            }
            arms.add(new Tuned(name, tuner));
        }
        return arms;
    }

    /// The word that a setting of a tuner selects by.
    private static String word(Setting tuner) {
        return tuner instanceof Setting.Mapping map
                ? map.entries().size() == 1 ? map.entries().firstEntry().getKey() : throwing(tuner)
                : tuner.asText();
    }

    private static String throwing(Setting tuner) {
        throw tuner.wrong(tuner.toString(), "one tuner: a word, or {word: {its settings}}");
    }
}
