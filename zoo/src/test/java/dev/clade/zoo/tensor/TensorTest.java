package dev.clade.zoo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TensorTest {

    @Test
    void operation_withoutAScope_isRefused() {
        Library.load();
        assertThatThrownBy(() -> Tensor.zeros(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no scope is open in this thread: open one around the use of tensors");
    }

    @Test
    void scope_onAVirtualThread_isRefused() throws InterruptedException {
        var thrown = new AtomicReference<Throwable>();
        Thread.ofVirtual()
                .start(() -> {
                    try (var _ = Scope.still()) {
                        thrown.set(new AssertionError("opened"));
                    } catch (IllegalStateException refused) {
                        thrown.set(refused);
                    }
                })
                .join();
        assertThat(thrown.get()).hasMessageStartingWith("tensors need a platform thread: VirtualThread");
    }

    @Test
    void scope_closedWithinAnother_givesGradientModeBack() throws Exception {
        try (var parameters = new Parameters.Layout().with("p", 1).build();
                var _ = Scope.training()) {
            try (var _ = Scope.still()) {
                parameters.get("p").plus(1);
            }
            parameters.get("p").times(3).sum().backward();
            assertThat(parameters.gradient("p").floats()).containsExactly(3);
        }
    }

    @Test
    void shapesAndValues_ofSmallTensors_areAsWritten() {
        try (var _ = Scope.still()) {
            var a = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            assertThat(a.shape()).containsExactly(2L, 3L);
            assertThat(a.size()).isEqualTo(6);
            assertThat(a.transpose(0, 1).floats()).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(a.narrow(1, 1, 2).floats()).containsExactly(2, 3, 5, 6);
            assertThat(a.select(1, Tensor.of(2, 0)).floats()).containsExactly(3, 1, 6, 4);
            assertThat(a.argmax(1).longs()).containsExactly(2, 2);
            assertThat(a.argmax(1).matches(Tensor.of(2, 1))).isEqualTo(1);
            assertThat(a.matmul(a.transpose(0, 1)).floats()).containsExactly(14, 32, 32, 77);
            assertThat(Tensor.joined(List.of(a, a), 0).shape()).containsExactly(4L, 3L);
            assertThat(a.norm().item()).isCloseTo(Math.sqrt(91), within(1e-5));
            assertThat(a.clamped(2, 4).floats()).containsExactly(2, 2, 3, 4, 4, 4);
            assertThat(a.reshape(3, -1).shape()).containsExactly(3L, 2L);
        }
    }

    @Test
    void crossEntropy_smoothed_isTheFormula() {
        try (var _ = Scope.still()) {
            double[] logits = {1, -0.5, 2};
            double sum = Math.exp(1) + Math.exp(-0.5) + Math.exp(2);
            double expected = 0;
            for (int i = 0; i < 3; i++) {
                expected -= (0.3 / 3 + (i == 2 ? 0.7 : 0)) * (logits[i] - Math.log(sum));
            }
            assertThat(Tensor.of(new float[] {1, -0.5f, 2}, 1, 3)
                            .crossEntropy(Tensor.of(2), 0.3)
                            .item())
                    .isCloseTo(expected, within(1e-6));
        }
    }

    @Test
    void dropout_ofOnes_keepsTheMeanAndTheShare() {
        try (var _ = Scope.still()) {
            var ones = Tensor.zeros(100, 1001).plus(1);
            var dropped = ones.dropout(0.3, Philox.keyed(1, 0, 0, "mask")).floats();
            int kept = 0;
            for (float value : dropped) {
                assertThat(value == 0 || value == (float) (1 / 0.7)).isTrue();
                kept += value == 0 ? 0 : 1;
            }
            double deviation = Math.sqrt(0.3 * 0.7 / dropped.length);
            assertThat((double) kept / dropped.length).isCloseTo(0.7, within(4 * deviation));
        }
    }

    @Test
    void dropout_ofTheSameStream_isTheSame() {
        try (var _ = Scope.still()) {
            var ones = Tensor.zeros(5, 7).plus(1);
            var first = ones.dropout(0.5, Philox.keyed(1, 0, 0, "mask")).floats();
            assertThat(ones.dropout(0.5, Philox.keyed(1, 0, 0, "mask")).floats())
                    .isEqualTo(first);
            assertThat(ones.dropout(0.5, Philox.keyed(2, 0, 0, "mask")).floats())
                    .isNotEqualTo(first);
        }
    }

    @Test
    void dropout_ofRateZero_drawsNothing() {
        try (var _ = Scope.still()) {
            var random = Philox.keyed(1, 0, 0, "mask");
            var ones = Tensor.zeros(3).plus(1);
            assertThat(ones.dropout(0, random)).isSameAs(ones);
            assertThat(random.nextLong())
                    .isEqualTo(Philox.keyed(1, 0, 0, "mask").nextLong());
            assertThatThrownBy(() -> ones.dropout(1, random)).hasMessage("a dropout rate is in [0, 1), found 1.0");
            assertThatThrownBy(() -> ones.dropout(Double.NaN, random))
                    .hasMessage("a dropout rate is in [0, 1), found NaN");
        }
    }

    @Test
    void dropoutChannels_ofOnes_dropsWholeChannels() {
        try (var _ = Scope.still()) {
            var dropped = Tensor.zeros(8, 4, 3, 3)
                    .plus(1)
                    .dropoutChannels(0.5, Philox.keyed(1, 0, 0, "mask"))
                    .sum(3)
                    .sum(2)
                    .floats();
            for (float channel : dropped) {
                assertThat(channel == 0 || channel == 18).isTrue();
            }
            assertThat(dropped).contains(0f, 18f);
        }
    }

    @Test
    void training_onFourThreadsAtOnce_givesWhatEachGivesAlone() throws Exception {
        Library.threads(1);
        Callable<float[]> training = () -> {
            try (var net = SmallNet.build()) {
                for (int i = 0; i < 50; i++) {
                    net.update(i);
                }
                return net.weights();
            }
        };
        var alone = training.call();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var together : threads.invokeAll(List.of(training, training, training, training))) {
                assertThat(together.get()).isEqualTo(alone);
            }
        }
    }

    /// Of a million elements each share lies within four standard errors; key 7.
    @Test
    void dropout_byAKey_keepsTheMeanAndTheShare() {
        try (var _ = Scope.still()) {
            var ones = Tensor.zeros(1_000_003).plus(1);
            for (double rate : new double[] {0.001, 0.1, 0.5, 0.9}) {
                var dropped = ones.dropout(rate, 7).floats();
                double kept = 0;
                double sum = 0;
                for (float number : dropped) {
                    kept += number == 0 ? 0 : 1;
                    sum += number;
                }
                double error = 4 * Math.sqrt(rate * (1 - rate) / dropped.length) + 1e-5;
                assertThat(kept / dropped.length).isCloseTo(1 - rate, within(error));
                assertThat(sum / dropped.length).isCloseTo(1, within(error / (1 - rate)));
            }
        }
    }

    @Test
    void dropout_byAKey_isAFunctionOfIt() {
        try (var _ = Scope.still()) {
            var ones = Tensor.zeros(6, 7).plus(1);
            assertThat(ones.dropout(0, 7)).isSameAs(ones);
            assertThat(ones.dropout(0.5, 7).floats())
                    .isEqualTo(ones.dropout(0.5, 7).floats())
                    .isNotEqualTo(ones.dropout(0.5, 8).floats());
            assertThatThrownBy(() -> ones.dropout(1, 7)).hasMessage("a dropout rate is in [0, 1), found 1.0");
        }
    }

    @Test
    void largest_ofRows_fallAndSayWhereTheyLie() {
        try (var _ = Scope.still()) {
            var largest = Tensor.of(new float[] {1, 5, 3, 9, 2, 4}, 2, 3).largest(2);
            assertThat(largest.values().floats()).containsExactly(5, 3, 9, 4);
            assertThat(largest.places().longs()).containsExactly(1, 2, 0, 2);
        }
    }

    @Test
    void layerNorm_ofARow_hasMeanZeroAndVarianceOne() {
        try (var _ = Scope.still()) {
            var row = Tensor.of(new float[] {1, 2, 3, 6}, 1, 4);
            var normed = row.layerNorm(Tensor.zeros(4).plus(1), Tensor.zeros(4)).floats();
            double deviation = Math.sqrt(3.5 + 1e-5);
            for (int i = 0; i < 4; i++) {
                assertThat((double) normed[i]).isCloseTo((new double[] {1, 2, 3, 6}[i] - 3) / deviation, within(1e-6));
            }
        }
    }

    @Test
    void kept_tensors_outliveTheirScopeUntilOthersTakeTheirPlace() {
        try (var kept = new Kept()) {
            Tensor first;
            try (var _ = Scope.still()) {
                first = Tensor.of(new float[] {1, 2}, 2);
                kept.replace(java.util.List.of(first));
            }
            try (var _ = Scope.still()) {
                assertThat(first.floats()).containsExactly(1, 2);
                kept.replace(java.util.List.of(first, Tensor.zeros(1)));
            }
            try (var _ = Scope.still()) {
                assertThat(first.plus(1).floats()).containsExactly(2, 3);
            }
        }
    }

    @Test
    void gradient_ofACube_isThreeTimesTheSquare_andLeavesParametersAlone() {
        try (var parameters = new Parameters.Layout().with("w", 2).build();
                var _ = Scope.training()) {
            parameters.get("w").detached().copyHere(Tensor.of(new float[] {2, 5}, 2));
            var x = Tensor.of(new float[] {3, -1}, 2).watched();
            var first = x.times(x).times(x).times(parameters.get("w")).sum().gradient(x);
            assertThat(first.floats()).containsExactly(54, 15);
            assertThat(parameters.gradients().floats()).containsExactly(0, 0);
            first.sum().backward();
            assertThat(parameters.gradients().floats()).containsExactly(27, 3);
        }
    }

    @Test
    void convTranspose2d_inGroups_isThatOfEachGroup() {
        try (var _ = Scope.still()) {
            var images = SmallNet.random("grouped images", 2 * 6 * 3 * 3).reshape(2, 6, 3, 3);
            var weight = SmallNet.random("grouped weight", 6 * 2 * 4 * 4).reshape(6, 2, 4, 4);
            var bias = SmallNet.random("grouped bias", 4);
            var all = images.convTranspose2d(weight, bias, 2, 1, 2);
            assertThat(all.shape()).containsExactly(2L, 4L, 6L, 6L);
            for (int group = 0; group < 2; group++) {
                var one = images.narrow(1, 3 * group, 3)
                        .convTranspose2d(weight.narrow(0, 3 * group, 3), bias.narrow(0, 2 * group, 2), 2, 1);
                var found = all.narrow(1, 2 * group, 2).floats();
                var expected = one.floats();
                for (int i = 0; i < expected.length; i++) {
                    assertThat(found[i]).isCloseTo(expected[i], within(1e-5f));
                }
            }
        }
    }
}
