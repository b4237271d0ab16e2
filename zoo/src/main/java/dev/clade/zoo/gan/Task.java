package dev.clade.zoo.gan;

import dev.clade.random.Randomness;
import dev.clade.zoo.images.Dataset;
import dev.clade.zoo.images.ImageSet;
import dev.clade.zoo.member.Asked;

/// What all members have in common.
///
/// @param batch images in an update
/// @param samples images in an evaluation
record Task(Dataset data, Judges judges, Objective objective, int batch, int samples) {

    static final String NAME = "gan";

    /// Steps between live measurements of the losses.
    static final int REPORT = 20;

    Size size() {
        return Size.of(images().shape());
    }

    /// What is trained on.
    ImageSet images() {
        return data.training();
    }

    Segment segment(Asked asked, Randomness random) {
        return new Segment(Values.of(asked, objective.defaults()), random, images().count());
    }

    Measuring measuring() {
        return new Measuring(judges, samples);
    }
}
