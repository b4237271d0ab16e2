package dev.clade.zoo.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.zoo.member.Asked;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ValuesTest {

    private static final Value THREE =
            new Value.Vector(List.of(new Value.Real(0.1), new Value.Real(0), new Value.Real(0.3)));

    private static Asked asked(Map<String, Value> values) {
        return Asked.of("digits", all(values));
    }

    private static Hyperparameters all(Map<String, Value> values) {
        return new Hyperparameters(new TreeMap<>(values));
    }

    @Test
    void values_ofNothing_areTheDefaults() {
        var asked = asked(Map.of());
        assertThat(Values.of(asked)).isEqualTo(Values.DEFAULTS);
        assertThat(asked.receipt()).isEqualTo(Hyperparameters.NONE);
    }

    @Test
    void values_ofEverything_areInForceAndOnTheReceipt() {
        var all = all(Map.of(
                "lr", new Value.Real(0.01),
                "momentum", new Value.Whole(0),
                "weight_decay", new Value.Real(1e-3),
                "dropout", THREE,
                "label_smoothing", new Value.Real(0.2)));
        var asked = Asked.of("digits", all);
        assertThat(Values.of(asked)).isEqualTo(new Values(0.01, 0, 1e-3, List.of(0.1, 0.0, 0.3), 0.2));
        assertThat(asked.receipt()).isEqualTo(all);
    }

    @Test
    void dropout_ofOneNumber_isThatOfAllLayers() {
        var asked = asked(Map.of("dropout", new Value.Real(0.4)));
        assertThat(Values.of(asked).dropout()).containsExactly(0.4, 0.4, 0.4);
        assertThat(asked.receipt().active()).containsOnly(entry("dropout", new Value.Real(0.4)));
    }

    @Test
    void receipt_ofANameNobodyKnows_leavesItOut() {
        var asked = asked(Map.of("lr", new Value.Real(0.01), "learning_rate", new Value.Real(0.02)));
        Values.of(asked);
        assertThat(asked.receipt().active()).containsOnlyKeys("lr");
    }

    @Test
    void dropout_ofTwoNumbers_isRefused() {
        var asked = asked(Map.of("dropout", new Value.Vector(List.of(new Value.Real(0.1), new Value.Real(0.2)))));
        assertThatThrownBy(() -> Values.of(asked))
                .hasMessage("CLADE-3305 the trainer 'digits' cannot be trained with this 'dropout'.  Found: [0.1, 0.2]."
                        + "  Expected: one rate of at least 0 and below 1, or 3 (`size: 3`).  Mend: correct 'dropout'"
                        + " under 'parameters'.");
    }

    @Test
    void values_outOfTheirRange_areRefused() {
        refused("lr", new Value.Real(-1), "at least 0");
        refused("momentum", new Value.Real(1), "from 0 to 0.9999999999999999");
        refused("weight_decay", new Value.Text("some"), "a number");
        refused("label_smoothing", new Value.Real(1.5), "from 0 to 1");
        refused("lr", THREE, "a number");
        refused("dropout", new Value.Real(1), "one rate of at least 0 and below 1, or 3 (`size: 3`)");
    }

    private static void refused(String name, Value value, String expected) {
        assertThatThrownBy(() -> Values.of(asked(Map.of(name, value))))
                .hasMessageContaining("this '" + name + "'.  Found: " + value + ".  Expected: " + expected + ".");
    }
}
