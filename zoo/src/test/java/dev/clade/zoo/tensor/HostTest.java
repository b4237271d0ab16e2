package dev.clade.zoo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class HostTest {

    /// Stands for a GPU: libtorch's device that has shapes but no numbers.
    private static final Device META = new Device("meta", OptionalInt.empty());

    @Test
    void work_whereTheProcessorComputes_isDoneInOrderByThisThread() {
        var done = new ArrayList<String>();
        Host.each(6, i -> done.add(i + " " + Thread.currentThread().threadId()));
        var here = " " + Thread.currentThread().threadId();
        assertThat(done).containsExactly("0" + here, "1" + here, "2" + here, "3" + here, "4" + here, "5" + here);
    }

    @Test
    void work_whereAGpuComputes_isDoneOnceForEach() {
        var done = new AtomicIntegerArray(100);
        try (var _ = Scope.on(META)) {
            Host.each(done.length(), done::incrementAndGet);
        }
        for (int i = 0; i < done.length(); i++) {
            assertThat(done.get(i)).isOne();
        }
    }
}
