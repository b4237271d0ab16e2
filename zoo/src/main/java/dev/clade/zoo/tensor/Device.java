package dev.clade.zoo.tensor;

import dev.clade.fault.Fault;
import java.util.OptionalInt;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.Float32Backend;
import org.bytedeco.pytorch.global.torch.Float32Op;
import org.bytedeco.pytorch.global.torch.Float32Precision;

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
            exact();
        }
        return this;
    }

    /// Products of float32 are products of float32, also in convolutions, whose factors cuDNN rounds to ten bits
    /// otherwise (TF32): members in lanes are to be what they would be alone.
    private static void exact() {
        try (var _ = new PointerScope()) {
            var context = torch.globalContext();
            for (var operation : new Float32Op[] {Float32Op.CONV, Float32Op.RNN, Float32Op.MATMUL}) {
                context.setFloat32Precision(Float32Backend.CUDA, operation, Float32Precision.IEEE);
            }
        }
    }

    /// Waits until all that was asked of it is computed: a GPU goes on for a while behind the program.
    public void finish() {
        if (kind.equals("cuda")) {
            torch.cuda_synchronize(index.orElse(0));
        }
    }

    private Fault absent(int count) {
        if (count > 0) {
            var found = count + " GPU" + (count == 1 ? "" : "s") + ".";
            return absent(found, "cuda:0 to cuda:" + (count - 1) + ".", "correct 'device'.");
        }
        var needed = "an NVIDIA GPU with its driver, and CUDA 13 with cuDNN 9.";
        return Library.missingForGpus()
                .map(missing -> absent(
                        "the tensor library's part for GPUs cannot be loaded: " + missing + ".",
                        needed,
                        "install what is missing and name its folder in LD_LIBRARY_PATH; or take device: cpu."))
                .orElseGet(() -> absent(
                        "no GPU that the tensor library can use: it is built for processors only, or there is no NVIDIA"
                                + " driver.",
                        needed,
                        "start it as CLADE_ZOO=cuda ./clade ..., which takes the library for GPUs, on a machine that has"
                                + " one; or take device: cpu."));
    }

    private Fault absent(String found, String expected, String mend) {
        return new Fault(3307, "there is no '" + this + "'.", found, expected, mend);
    }

    @Override
    public String toString() {
        return index.isPresent() ? kind + ":" + index.getAsInt() : kind;
    }
}
