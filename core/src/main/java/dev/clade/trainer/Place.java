package dev.clade.trainer;

import java.nio.file.Path;
import java.util.Optional;

/// Where a trainer runs.
///
/// @param slot which of the worker's slots, from 0
/// @param threads how many threads it may compute with
/// @param device `cpu`, or what the trainer's settings name
/// @param logs the folder for what a trainer's program prints; where there is none, it is not kept
public record Place(int slot, int threads, String device, Optional<Path> logs) {

    public static final Place ANYWHERE = new Place(0, 1, "cpu");

    public Place(int slot, int threads, String device) {
        this(slot, threads, device, Optional.empty());
    }
}
