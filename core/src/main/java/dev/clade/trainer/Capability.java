package dev.clade.trainer;

/// What a trainer can do beyond the plain contract. A tuner that needs more than its trainer has is refused at the
/// start.
public enum Capability {
    /// Mixes a checkpoint with fresh weights (shrink and perturb).
    BLEND,
    /// Trains several members as one program.
    LANES,
    /// Evaluates on the way, inside a segment.
    MIDWAY,
    /// A loaded segment equals a warm one bit by bit.
    BITWISE
}
