package dev.clade.trainer;

/// Where a trainer runs.
///
/// @param slot which of the worker's slots, from 0
/// @param threads how many threads it may compute with
/// @param device `cpu`, or what the trainer's settings name
public record Place(int slot, int threads, String device) {

    public static final Place ANYWHERE = new Place(0, 1, "cpu");
}
