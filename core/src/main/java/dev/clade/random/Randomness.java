package dev.clade.random;

import java.util.random.RandomGenerator;

/// A family of independent random streams, one for each purpose. Two streams of the same purpose give the same
/// numbers; streams of different purposes have nothing to do with each other, so that a new parameter changes no
/// other draw.
@FunctionalInterface
public interface Randomness {

    /// A fresh stream for this purpose, at its beginning.
    RandomGenerator of(String purpose);

    /// The streams of one member in one of its segments, under the experiment's seed.
    static Randomness keyed(long seed, int member, int segment) {
        return purpose -> Philox.keyed(seed, member, segment, purpose);
    }

    /// A number that identifies this purpose, for a trainer that seeds a generator of its own.
    default long seed(String purpose) {
        return of(purpose).nextLong();
    }
}
