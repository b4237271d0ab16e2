package dev.clade.zoo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptimiserTest {

    private static final double[] GRADIENTS = {0.5, -2, 0.25, 3};

    @TempDir
    Path folder;

    private static Parameters one(double value) {
        var parameters = new Parameters.Layout().with("p", 1).build();
        parameters.get("p").buffer().put(0, (float) value);
        return parameters;
    }

    private static void gradient(Parameters parameters, double value) {
        try (var _ = Scope.training()) {
            parameters.get("p").times(value).sum().backward();
        }
    }

    @Test
    void sgd_fourUpdates_followItsFormula() {
        try (var parameters = one(1);
                var sgd = new Sgd(parameters)) {
            double p = 1;
            double v = 0;
            for (double g : GRADIENTS) {
                gradient(parameters, g);
                sgd.step(0.1, 0.9, 0.01);
                v = 0.9 * v + g + 0.01 * p;
                p -= 0.1 * v;
                assertThat((double) parameters.get("p").buffer().get(0)).isCloseTo(p, within(1e-6));
                assertThat(parameters.gradient("p").buffer().get(0)).isZero();
            }
        }
    }

    @Test
    void rmsProp_fourUpdates_followItsFormula() {
        try (var parameters = one(1);
                var rms = new RmsProp(parameters)) {
            double p = 1;
            double s = 0;
            for (double g : GRADIENTS) {
                gradient(parameters, g);
                rms.step(0.1, 0.9, 0.01);
                s = 0.9 * s + 0.1 * g * g;
                p -= 0.1 * g / (Math.sqrt(s) + 0.01);
                assertThat((double) parameters.get("p").buffer().get(0)).isCloseTo(p, within(1e-6));
                assertThat(parameters.gradient("p").buffer().get(0)).isZero();
            }
        }
    }

    @Test
    void adam_fourUpdates_followItsFormula() {
        try (var parameters = one(1);
                var adam = new Adam(parameters)) {
            double p = 1;
            double m = 0;
            double v = 0;
            int t = 0;
            for (double g : GRADIENTS) {
                gradient(parameters, g);
                adam.step(0.1, 0.9, 0.99);
                t++;
                m = 0.9 * m + 0.1 * g;
                v = 0.99 * v + 0.01 * g * g;
                p -= 0.1 * (m / (1 - Math.pow(0.9, t))) / (Math.sqrt(v / (1 - Math.pow(0.99, t))) + Adam.EPSILON);
                assertThat((double) parameters.get("p").buffer().get(0)).isCloseTo(p, within(1e-5));
            }
        }
    }

    @Test
    void gradients_ofTwoLosses_addUp() {
        try (var parameters = one(1)) {
            gradient(parameters, 2);
            gradient(parameters, 3);
            assertThat(parameters.gradient("p").buffer().get(0)).isEqualTo(5);
        }
    }

    @Test
    void sgd_savedAndLoaded_goesOnBitByBit() throws IOException {
        try (var net = SmallNet.build();
                var other = SmallNet.build()) {
            for (int i = 0; i < 20; i++) {
                net.update(i);
            }
            Checkpoint.save(folder, Map.of("", net.parameters(), "optimiser.", net.optimiser()), Map.of());
            other.update(99);
            try (var checkpoint = Checkpoint.open(folder)) {
                other.parameters().load("", checkpoint);
                other.optimiser().load("optimiser.", checkpoint);
            }
            for (int i = 20; i < 40; i++) {
                net.update(i);
                other.update(i);
            }
            assertThat(other.weights()).isEqualTo(net.weights());
        }
    }

    @Test
    void adam_savedAndLoaded_goesOnBitByBit() throws IOException {
        try (var net = SmallNet.build();
                var adam = new Adam(net.parameters());
                var other = SmallNet.build();
                var otherAdam = new Adam(other.parameters())) {
            for (int i = 0; i < 20; i++) {
                update(net, adam, i);
            }
            Checkpoint.save(folder, Map.of("", net.parameters(), "adam.", adam), Map.of());
            update(other, otherAdam, 99);
            try (var checkpoint = Checkpoint.open(folder)) {
                other.parameters().load("", checkpoint);
                otherAdam.load("adam.", checkpoint);
            }
            for (int i = 20; i < 40; i++) {
                update(net, adam, i);
                update(other, otherAdam, i);
            }
            assertThat(other.weights()).isEqualTo(net.weights());
        }
    }

    private static void update(SmallNet net, Adam adam, int step) {
        try (var _ = Scope.training()) {
            net.loss(step).backward();
            adam.step(1e-3 * (1 + step % 3), 0.9, 0.999);
        }
    }

    @Test
    void load_checkpointOfAnotherModel_changesNothingAndSaysWhatIsMissing() throws IOException {
        try (var parameters = one(4);
                var other = new Parameters.Layout().with("p", 2).build();
                var third = new Parameters.Layout().with("p", 1).with("q", 3).build()) {
            Checkpoint.save(folder, Map.of("", other), Map.of());
            var file = folder.resolve("model.safetensors");
            try (var checkpoint = Checkpoint.open(folder)) {
                assertThatThrownBy(() -> parameters.load("", checkpoint))
                        .hasMessage("CLADE-3306 " + file + " is no checkpoint of this model.  Found: 'p' as F32 [2]."
                                + "  Expected: 'p' as F32 [1].  Mend: resume with the trainer and settings that wrote"
                                + " it.");
                assertThat(parameters.get("p").buffer().get(0)).isEqualTo(4);
            }
            Files.delete(file);
            Checkpoint.save(folder, Map.of("", parameters), Map.of());
            try (var checkpoint = Checkpoint.open(folder)) {
                assertThatThrownBy(() -> third.load("", checkpoint))
                        .hasMessageContaining("Found: no 'q'.  Expected: 'q' as F32 [3].");
                assertThat(third.get("p").buffer().get(0)).isZero();
            }
        }
    }

    @Test
    void layout_nameTwice_isRefused() {
        assertThatThrownBy(() -> new Parameters.Layout().with("p", 1).with("p", 2))
                .hasMessage("two parameters are called p");
    }
}
