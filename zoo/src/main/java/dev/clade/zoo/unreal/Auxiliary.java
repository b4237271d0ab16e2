package dev.clade.zoo.unreal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The tasks beside the game, by the words that experiment files use.
enum Auxiliary {
    /// To change pixels.
    PIXEL_CONTROL,
    /// To tell the next reward.
    REWARD_PREDICTION,
    /// To tell the value of what was before.
    VALUE_REPLAY;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Auxiliary::word).toList();
    }
}
