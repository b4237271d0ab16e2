package dev.clade.zoo.member;

import dev.clade.zoo.tensor.Device;
import dev.clade.zoo.tensor.Library;
import dev.clade.zoo.tensor.Scope;

/// Where a model is computed.
///
/// @param threads how many each operation may use
public record Placement(Device device, int threads) {

    /// One thread of the processor.
    public static final Placement HERE = new Placement(Device.CPU, 1);

    Scope open() {
        Library.threads(threads);
        return Scope.on(device);
    }
}
