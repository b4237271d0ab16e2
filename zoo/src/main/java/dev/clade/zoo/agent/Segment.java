package dev.clade.zoo.agent;

import java.util.List;

/// What is new in a segment: the values in force, and what each learner goes through. All worlds are at the
/// beginning of an episode.
///
/// @param lives of the learners, in their order
/// @param turn whose turn it is, where they take turns
/// @param recent episodes that ended
public record Segment(Values values, List<Learner.Life> lives, Turn turn, Recent recent) {

    /// A place in a round of learners.
    static final class Turn {

        private int now;

        /// Whose turn it is.
        int now() {
            return now;
        }

        /// Then it is the next one's.
        void pass(int learners) {
            now = (now + 1) % learners;
        }
    }
}
