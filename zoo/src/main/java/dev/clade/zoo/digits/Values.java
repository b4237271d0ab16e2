package dev.clade.zoo.digits;

import dev.clade.fault.Fault;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/// The hyperparameters in force. Each has a default for spaces without it.
///
/// @param lr the learning rate, at least 0
/// @param momentum in `[0, 1)`
/// @param decay `weight_decay`, at least 0, of biases too
/// @param dropout a rate in `[0, 1)` behind each of the three hidden layers
/// @param smoothing `label_smoothing`, in `[0, 1]`
record Values(double lr, double momentum, double decay, List<Double> dropout, double smoothing) {

    /// Ours: what a search by hand ended at; see README.md.
    static final Values DEFAULTS = new Values(0.05, 0.9, 1e-4, List.of(0.1, 0.1, 0.1), 0);

    Values {
        dropout = List.copyOf(dropout);
    }

    /// @param asked a plain `dropout` is the rate of all three
    /// @throws Fault 3305 for a value that the network cannot be trained with
    static Values of(Hyperparameters asked) {
        return new Values(
                number(asked, "lr", DEFAULTS.lr, Double.MAX_VALUE),
                number(asked, "momentum", DEFAULTS.momentum, Math.nextDown(1.0)),
                number(asked, "weight_decay", DEFAULTS.decay, Double.MAX_VALUE),
                dropout(asked),
                number(asked, "label_smoothing", DEFAULTS.smoothing, 1));
    }

    private static double number(Hyperparameters asked, String name, double otherwise, double most) {
        var value = asked.find(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        double number = plain(value.get(), name);
        if (number < 0 || number > most) {
            throw wrong(name, value.get(), most == Double.MAX_VALUE ? "at least 0" : "from 0 to " + most);
        }
        return number;
    }

    private static double plain(Value value, String name) {
        return switch (value) {
            case Value.Real real -> real.value();
            case Value.Whole whole -> whole.value();
            case Value.Flag _, Value.Text _, Value.Vector _ -> throw wrong(name, value, "a number");
        };
    }

    private static List<Double> dropout(Hyperparameters asked) {
        var value = asked.find("dropout");
        if (value.isEmpty()) {
            return DEFAULTS.dropout;
        }
        var rates = value.get() instanceof Value.Vector vector
                ? vector.elements().stream().map(rate -> plain(rate, "dropout")).toList()
                : Collections.nCopies(Network.HIDDEN, plain(value.get(), "dropout"));
        if (rates.size() != Network.HIDDEN || rates.stream().anyMatch(rate -> rate < 0 || rate >= 1)) {
            throw wrong(
                    "dropout",
                    value.get(),
                    "one rate of at least 0 and below 1, or " + Network.HIDDEN + " (`size: 3`)");
        }
        return rates;
    }

    private static Fault wrong(String name, Value found, String expected) {
        return new Fault(
                3305,
                "the trainer 'digits' cannot be trained with this '" + name + "'.",
                found + ".",
                expected + ".",
                "correct '" + name + "' under 'parameters'.");
    }

    /// What is in force of what was asked for, each in the type in which it was asked. Other names are left out.
    Hyperparameters receipt(Hyperparameters asked) {
        var active = new TreeMap<String, Value>();
        asked.active().forEach((name, value) -> {
            switch (name) {
                case "lr" -> active.put(name, like(value, lr));
                case "momentum" -> active.put(name, like(value, momentum));
                case "weight_decay" -> active.put(name, like(value, decay));
                case "label_smoothing" -> active.put(name, like(value, smoothing));
                case "dropout" -> active.put(name, rates(value));
                default -> {}
            }
        });
        return new Hyperparameters(active);
    }

    private Value rates(Value asked) {
        if (asked instanceof Value.Vector vector) {
            var rates = new ArrayList<Value>();
            for (int i = 0; i < dropout.size(); i++) {
                rates.add(like(vector.elements().get(i), dropout.get(i)));
            }
            return new Value.Vector(rates);
        }
        return like(asked, dropout.getFirst());
    }

    private static Value like(Value asked, double number) {
        return asked instanceof Value.Whole ? new Value.Whole((long) number) : new Value.Real(number);
    }
}
