package dev.clade.zoo.digits;

import dev.clade.fault.Fault;
import dev.clade.random.Randomness;
import dev.clade.zoo.images.OpticalDigits;
import dev.clade.zoo.member.Passes;
import java.io.IOException;
import java.nio.file.Path;

/// The three sets. Training and validation are parts of one file, so of the same writers; the test set is of
/// others.
///
/// @param validation a multiple of [#CHUNKS] images, the same whatever an experiment's seed
record Data(Images training, Images validation, Images test) {

    static final String TRAINING = OpticalDigits.TRAINING;
    static final String TEST = OpticalDigits.TEST;

    /// An evaluation measures the validation set in this many equal parts: its samples.
    static final int CHUNKS = 10;

    private static final long SPLIT = 0;

    /// Reads both files of a folder.
    ///
    /// @param share how much of the training file is held out for validation, in `(0, 1)`
    static Data read(Path folder, double share) throws IOException {
        var file = folder.resolve(TRAINING);
        var all = Images.read(file);
        int held = (int) (all.count() * share) / CHUNKS * CHUNKS;
        if (held == 0 || held == all.count()) {
            throw new Fault(
                    3304,
                    file + " is too short.",
                    all.count() + " images, " + held + " of them held out.",
                    CHUNKS + " to hold out and one to train on.",
                    "get the file again from https://archive.ics.uci.edu/dataset/80, or set 'validation'.");
        }
        var order = order(all.count());
        return new Data(
                all.picked(order, 0, all.count() - held),
                all.picked(order, all.count() - held, all.count()),
                Images.read(folder.resolve(TEST)));
    }

    /// The order in which a training file is cut: the validation set is its end.
    static int[] order(int count) {
        return Passes.shuffled(count, Randomness.keyed(SPLIT, 0, 0).of("digits/split"));
    }
}
