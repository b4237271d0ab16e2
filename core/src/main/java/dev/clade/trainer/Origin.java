package dev.clade.trainer;

import java.nio.file.Path;

/// Where the weights of a segment come from.
public sealed interface Origin {

    /// What the trainer has in hand: the same member's, unchanged since its last save.
    record Keep() implements Origin {}

    /// New weights, drawn from the start's seed.
    record Fresh() implements Origin {}

    /// The member's own last save.
    record Resume(Path folder) implements Origin {}

    /// Another member's save.
    record Copy(Path folder) implements Origin {}

    /// `keep` times a save plus `fresh` times new weights (Ash, Adams 2020, arXiv 1910.08475).
    record Blend(Path folder, double keep, double fresh) implements Origin {}

    /// Another lane of the same program, as it stood before this `begin`.
    record Lane(int from) implements Origin {}
}
