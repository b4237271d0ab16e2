package dev.clade.zoo.tensor;

import dev.clade.fault.Fault;
import java.util.OptionalInt;
import org.bytedeco.pytorch.global.torch;

/// Where tensors lie and are computed.
///
/// @param kind `cpu` or `cuda`, as libtorch calls it
/// @param index of the GPU, counted from 0
public record Device(String kind, OptionalInt index) {

    public static final Device CPU = new Device("cpu", OptionalInt.empty());

    public static Device cuda(int index) {
        return new Device("cuda", OptionalInt.of(index));
    }

    /// Whether it is the processor itself.
    public boolean isHost() {
        return equals(CPU);
    }

    org.bytedeco.pytorch.Device handle() {
        return new org.bytedeco.pytorch.Device(toString());
    }

    /// Loads the library and looks for the device.
    ///
    /// @throws Fault 3301 without a native library, 3307 where the device is not at hand
    public Device found() {
        Library.load();
        if (kind.equals("cuda")) {
            int count = torch.cuda_is_available() ? torch.cuda_device_count() : 0;
            if (index.orElse(0) >= count) {
                throw absent(count);
            }
        }
        return this;
    }

    private Fault absent(int count) {
        return new Fault(
                3307,
                "there is no '" + this + "'.",
                count == 0
                        ? "no GPU that the tensor library can use: it is built for processors only, or there is no"
                                + " NVIDIA driver, or no CUDA 13."
                        : count + " GPU" + (count == 1 ? "" : "s") + ".",
                count == 0
                        ? "an NVIDIA GPU with its driver, and CUDA 13 with cuDNN 9."
                        : "cuda:0 to cuda:" + (count - 1) + ".",
                count == 0
                        ? "start it as CLADE_ZOO=cuda ./clade ..., which takes the library for GPUs, on a machine that has"
                                + " one; or take device: cpu."
                        : "correct 'device'.");
    }

    @Override
    public String toString() {
        return index.isPresent() ? kind + ":" + index.getAsInt() : kind;
    }
}
