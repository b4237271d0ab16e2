package dev.clade.zoo.tensor;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;

/// The life of the tensors that one thread makes between its opening and its closing, and whether gradients are
/// recorded for them. Scopes nest; a tensor belongs to the innermost. One per step:
///
/// ```
/// try (var _ = Scope.training()) {
///     model.loss(batch).backward();
///     optimiser.step(lr, momentum, decay);
/// }                                       // all but the parameters is freed here
/// ```
public final class Scope implements AutoCloseable {

    private final boolean before;
    private final PointerScope pointers;

    private Scope(boolean recording) {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("tensors need a platform thread: " + Thread.currentThread());
        }
        Library.load();
        before = GradMode.is_enabled();
        GradMode.set_enabled(recording);
        pointers = new PointerScope();
    }

    /// A scope in which gradients are recorded.
    public static Scope training() {
        return new Scope(true);
    }

    /// A scope in which nothing is recorded: evaluation, updates, loading.
    public static Scope still() {
        return new Scope(false);
    }

    static void need() {
        if (PointerScope.getInnerScope() == null) {
            throw new IllegalStateException("no scope is open in this thread: open one around the use of tensors");
        }
    }

    @Override
    public void close() {
        pointers.close();
        GradMode.set_enabled(before);
    }
}
