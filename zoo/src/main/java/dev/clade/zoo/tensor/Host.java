package dev.clade.zoo.tensor;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// What the processor does beside the tensors of several models: draws, gathers, plays.
public final class Host {

    /// Fewer are done sooner than other threads are awake.
    private static final int SOME = 4;

    private Host() {}

    /// Does the work of each of `count` models. Where the processor computes the tensors, too, that is one after
    /// the other: its other cores are other slots'. Where a GPU does, it is side by side on all of them, since
    /// one thread would keep the GPU waiting.
    ///
    /// @param work on the i-th model: it touches no tensor and nothing of another's
    public static void each(int count, IntConsumer work) {
        if (Scope.device().isHost() || count < SOME) {
            for (int i = 0; i < count; i++) {
                work.accept(i);
            }
        } else {
            IntStream.range(0, count).parallel().forEach(work);
        }
    }
}
