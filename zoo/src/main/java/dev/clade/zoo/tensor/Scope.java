package dev.clade.zoo.tensor;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;

/// The life of the tensors that one thread makes between its opening and its closing, the device that they lie on, and
/// whether gradients are recorded for them. Scopes nest; a tensor belongs to the innermost. One per step:
///
/// ```
/// try (var _ = Scope.training()) {
///     model.loss(batch).backward();
///     optimiser.step(lr, momentum, decay);
/// }                                       // all but the parameters is freed here
/// ```
public final class Scope implements AutoCloseable {

    private static final ThreadLocal<Device> DEVICE = ThreadLocal.withInitial(() -> Device.CPU);

    private final boolean before;
    private final Device around;
    private final PointerScope pointers;

    private Scope(boolean recording, Device device) {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("tensors need a platform thread: " + Thread.currentThread());
        }
        Library.load();
        before = GradMode.is_enabled();
        GradMode.set_enabled(recording);
        around = DEVICE.get();
        DEVICE.set(device);
        pointers = new PointerScope();
    }

    /// A scope in which gradients are recorded, on the device of the scope around it.
    public static Scope training() {
        return new Scope(true, DEVICE.get());
    }

    /// A scope in which nothing is recorded: evaluation, updates, loading. On the device of the scope around it.
    public static Scope still() {
        return new Scope(false, DEVICE.get());
    }

    /// A scope in which nothing is recorded, on a device. Where no scope says another, tensors lie on the processor.
    public static Scope on(Device device) {
        return new Scope(false, device);
    }

    /// The device of the scope that is open in this thread: for a thread that works for it.
    public static Device device() {
        return DEVICE.get();
    }

    static void need() {
        if (PointerScope.getInnerScope() == null) {
            throw new IllegalStateException("no scope is open in this thread: open one around the use of tensors");
        }
    }

    @Override
    public void close() {
        pointers.close();
        DEVICE.set(around);
        GradMode.set_enabled(before);
    }
}
