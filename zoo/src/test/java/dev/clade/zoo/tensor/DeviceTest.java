package dev.clade.zoo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.random.Philox;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Where tensors come to lie, shown without a GPU: libtorch's device `meta` has shapes but no numbers.
class DeviceTest {

    private static final Device META = new Device("meta", OptionalInt.empty());

    private static boolean isThere(Tensor tensor) {
        return tensor.handle.device().is_meta();
    }

    @Test
    void tensors_madeInAScopeOnADevice_lieThere() {
        try (var _ = Scope.on(META)) {
            assertThat(isThere(Tensor.zeros(2, 3))).isTrue();
            assertThat(isThere(Tensor.of(new float[] {1, 2}, 2))).isTrue();
            assertThat(isThere(Tensor.of(1, 2, 3))).isTrue();
            assertThat(Tensor.of(1, 2, 3).shape()).isEqualTo(List.of(3L));
            assertThat(isThere(Tensor.zeros(2, 3).dropout(0.5, Philox.keyed(1, 0, 0, "masks"))))
                    .isTrue();
            try (var _ = Scope.training()) {
                assertThat(isThere(Tensor.zeros(1))).isTrue();
            }
        }
        try (var _ = Scope.still()) {
            assertThat(isThere(Tensor.zeros(1))).isFalse();
        }
    }

    @Test
    void parameters_andWhatOptimisersKnow_lieWhereTheyWereMade() {
        try (var _ = Scope.on(META);
                var parameters = new Parameters.Layout().with("w", 2, 3).build();
                var adam = new Adam(parameters);
                var stack = new Stack(new Parameters.Layout().linear("w", 2, 3), 4);
                var stacked = new StackedAdam(stack)) {
            parameters.normal("w", 1, Philox.keyed(1, 0, 0, "w"));
            adam.step(0.1, 0.9, 0.999);
            assertThat(isThere(parameters.get("w"))).isTrue();
            stacked.step(stack.block(1, 2), new double[] {1, 2}, new double[] {0.9, 0.9}, new double[] {0.99, 0.99});
            assertThat(isThere(stack.row(1).get("w"))).isTrue();
        }
    }

    @Test
    void found_whereThereIsNoGpu_saysWhatIsNeeded() {
        assertThat(Device.CPU.found()).isEqualTo(Device.CPU);
        assertThatThrownBy(() -> Device.cuda(99).found()).hasMessageStartingWith("CLADE-3307 there is no 'cuda:99'.");
    }
}
