package dev.clade.zoo.member;

import dev.clade.fault.Fault;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/// The hyperparameters that a trainer is asked to use, read one by one. What has been read is on the [#receipt()], in
/// the type in which it was asked; names that nobody reads are not.
///
/// ```
/// var asked = Asked.of("digits", start.values());
/// double lr = asked.real("lr", 0.05, 0, Double.MAX_VALUE);
/// ...
/// return asked.receipt();
/// ```
public final class Asked {

    private final String trainer;
    private final Hyperparameters asked;
    private final TreeMap<String, Value> inForce = new TreeMap<>();

    private Asked(String trainer, Hyperparameters asked) {
        this.trainer = trainer;
        this.asked = asked;
    }

    /// @param trainer its word in experiment files
    public static Asked of(String trainer, Hyperparameters asked) {
        return new Asked(trainer, asked);
    }

    /// A number.
    ///
    /// @param otherwise the default, for spaces without this name
    /// @param low the least
    /// @param high the most; [Double#MAX_VALUE] for any
    /// @throws Fault 3305 for another value
    public double real(String name, double otherwise, double low, double high) {
        var value = asked.find(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        double number = number(name, value.get(), "a number");
        if (!(number >= low && number <= high)) {
            throw wrong(name, value.get(), range(low, high));
        }
        inForce.put(name, like(value.get(), number));
        return number;
    }

    /// A whole number, also where it is asked as a real one without a fraction.
    ///
    /// @throws Fault 3305 for another value
    public int whole(String name, int otherwise, int low, int high) {
        double number = real(name, otherwise, low, high);
        if (number != Math.rint(number)) {
            throw wrong(name, asked.find(name).orElseThrow(), "a whole number " + range(low, high));
        }
        return (int) number;
    }

    /// A word.
    ///
    /// @throws Fault 3305 for another value
    public String word(String name, String otherwise, List<String> words) {
        var value = asked.find(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (!(value.get() instanceof Value.Text(var text)) || !words.contains(text)) {
            throw wrong(name, value.get(), String.join(", ", words));
        }
        inForce.put(name, value.get());
        return text;
    }

    /// A rate in `[0, 1)` for each of several layers, asked as a vector or as one number for all.
    ///
    /// @param otherwise the defaults, as many as there are layers
    /// @throws Fault 3305 for another value
    public List<Double> rates(String name, List<Double> otherwise) {
        int layers = otherwise.size();
        var value = asked.find(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        var rates = value.get() instanceof Value.Vector vector
                ? vector.elements().stream()
                        .map(rate -> number(name, rate, "a number"))
                        .toList()
                : Collections.nCopies(layers, number(name, value.get(), "a number"));
        if (rates.size() != layers || rates.stream().anyMatch(rate -> !(rate >= 0 && rate < 1))) {
            throw wrong(
                    name,
                    value.get(),
                    "one rate of at least 0 and below 1, or " + layers + " (`size: " + layers + "`)");
        }
        inForce.put(name, likeEach(value.get(), rates));
        return rates;
    }

    /// What is in force of what was asked for.
    public Hyperparameters receipt() {
        return new Hyperparameters(inForce);
    }

    private double number(String name, Value value, String expected) {
        return switch (value) {
            case Value.Real real -> real.value();
            case Value.Whole whole -> whole.value();
            case Value.Flag _, Value.Text _, Value.Vector _ -> throw wrong(name, value, expected);
        };
    }

    private static String range(double low, double high) {
        return high == Double.MAX_VALUE ? "at least " + plain(low) : "from " + plain(low) + " to " + plain(high);
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private Fault wrong(String name, Value found, String expected) {
        return new Fault(
                3305,
                "the trainer '" + trainer + "' cannot be trained with this '" + name + "'.",
                found + ".",
                expected + ".",
                "correct '" + name + "' under 'parameters'.");
    }

    private static Value likeEach(Value asked, List<Double> numbers) {
        if (asked instanceof Value.Vector vector) {
            var values = new ArrayList<Value>();
            for (int i = 0; i < numbers.size(); i++) {
                values.add(like(vector.elements().get(i), numbers.get(i)));
            }
            return new Value.Vector(values);
        }
        return like(asked, numbers.getFirst());
    }

    private static Value like(Value asked, double number) {
        return asked instanceof Value.Whole ? new Value.Whole((long) number) : new Value.Real(number);
    }
}
