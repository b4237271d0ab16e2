package dev.clade.zoo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How many native objects live. They are counted in another process, in which JavaCPP tracks them; here nothing
/// does.
class LifeTest {

    private static final String TRACKED = "-Dorg.bytedeco.javacpp.nopointergc=false";

    @BeforeAll
    static void oneThread() {
        Library.threads(1);
    }

    /// Prints the live objects at five moments.
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            SmallNet.build().close();
            System.out.println(Pointer.totalCount());
            try (var net = SmallNet.build()) {
                net.update(0);
                System.out.println(Pointer.totalCount());
                for (int i = 0; i < 50; i++) {
                    net.update(i);
                }
                System.out.println(Pointer.totalCount());
                try (var _ = Scope.still()) {
                    net.loss(0);
                    System.out.println(Pointer.totalCount());
                }
            }
            System.out.println(Pointer.totalCount());
        }
    }

    /// The same with several models in a stack.
    static final class Stacked {
        private Stacked() {}

        public static void main(String[] arguments) throws Exception {
            StackTest.trained(1).close();
            System.out.println(Pointer.totalCount());
            try (var few = StackTest.trained(1)) {
                System.out.println(Pointer.totalCount());
                StackTest.train(few, 50);
                System.out.println(Pointer.totalCount());
                try (var _ = Scope.still()) {
                    few.stack().row(0).get("conv.bias");
                    System.out.println(Pointer.totalCount());
                }
            }
            System.out.println(Pointer.totalCount());
        }
    }

    /// The same with a gradient that is differentiated once more.
    static final class Twice {
        private Twice() {}

        private static void update(Parameters weights) {
            try (var _ = Scope.training()) {
                var point = Tensor.of(new float[] {1, 2, 3}, 1, 3).watched();
                var slopes = point.matmul(weights.get("w")).tanh().sum().gradient(point);
                slopes.square().sum().plus(1e-12).sqrt().backward();
                weights.gradients().zeroHere();
            }
        }

        public static void main(String[] arguments) {
            try (var _ = Scope.still()) {
                Tensor.zeros(1);
            }
            System.out.println(Pointer.totalCount());
            try (var weights = new Parameters.Layout().with("w", 3, 2).build()) {
                try (var _ = Scope.still()) {
                    weights.all().plusHere(0.1);
                }
                update(weights);
                System.out.println(Pointer.totalCount());
                for (int i = 0; i < 50; i++) {
                    update(weights);
                }
                System.out.println(Pointer.totalCount());
                try (var _ = Scope.still()) {
                    Tensor.zeros(1);
                    System.out.println(Pointer.totalCount());
                }
            }
            System.out.println(Pointer.totalCount());
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Program.class, Stacked.class, Twice.class})
    void objects_beforeAndAfterFiftyUpdates_areAsMany(Class<?> program) throws IOException, InterruptedException {
        var counts = Child.run(program, TRACKED).stream().map(Long::valueOf).toList();
        assertThat(counts).hasSize(5);
        long nothing = counts.get(0);
        long network = counts.get(1);
        assertThat(network).isGreaterThan(nothing);
        assertThat(counts.get(2)).as("after 50 updates").isEqualTo(network);
        assertThat(counts.get(3)).as("within a scope").isGreaterThan(network);
        assertThat(counts.get(4)).as("after close").isEqualTo(nothing);
    }

    @Test
    void memory_ofAStack_overThousandsOfUpdates_isFlat() throws Exception {
        try (var trained = StackTest.trained(100)) {
            long before = Pointer.physicalBytes();
            StackTest.train(trained, 4_000);
            assertThat(Pointer.physicalBytes() - before).isLessThan(64L << 20);
        }
    }

    @Test
    void memory_overAThousandUpdates_isFlat() {
        try (var net = SmallNet.build()) {
            for (int i = 0; i < 100; i++) {
                net.update(i);
            }
            long before = Pointer.physicalBytes();
            for (int i = 0; i < 1_000; i++) {
                net.update(i);
            }
            assertThat(Pointer.physicalBytes() - before).isLessThan(20L << 20);
        }
    }
}
