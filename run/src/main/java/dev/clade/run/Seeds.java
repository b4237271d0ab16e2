package dev.clade.run;

import dev.clade.population.MemberId;
import dev.clade.random.Randomness;

/// The seeds that trainers are given, keyed by experiment, member, segment and purpose.
record Seeds(long experiment) {

    long segment(MemberId member, int segment) {
        return of(member, segment, "segment");
    }

    /// For what is left of a segment that was paused.
    long rest(MemberId member, int segment, long step) {
        return of(member, segment, "segment/" + step);
    }

    long evaluation(MemberId member, int segment, String purpose, int repeat) {
        return of(member, segment, purpose + "/" + repeat);
    }

    private long of(MemberId member, int segment, String purpose) {
        return Randomness.keyed(experiment, member.index(), segment).seed("trainer/" + purpose);
    }
}
