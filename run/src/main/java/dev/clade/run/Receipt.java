package dev.clade.run;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import java.util.Optional;

/// Compares the values that a trainer says are in force with those that it was asked for.
public final class Receipt {

    private Receipt() {}

    /// The first difference, in words. Reals are equal after rounding to float32.
    public static Optional<String> difference(Hyperparameters asked, Hyperparameters inForce) {
        for (var entry : asked.active().entrySet()) {
            var found = inForce.find(entry.getKey());
            if (found.isEmpty()) {
                return Optional.of(
                        entry.getKey() + " was asked to be " + entry.getValue() + " and is not in the receipt");
            }
            if (!same(entry.getValue(), found.get())) {
                return Optional.of(entry.getKey() + " was asked to be " + entry.getValue() + " and is " + found.get());
            }
        }
        return Optional.empty();
    }

    private static boolean same(Value asked, Value found) {
        if (asked instanceof Value.Vector a && found instanceof Value.Vector b) {
            boolean equal = a.elements().size() == b.elements().size();
            for (int i = 0; equal && i < a.elements().size(); i++) {
                equal = same(a.elements().get(i), b.elements().get(i));
            }
            return equal;
        }
        if (asked instanceof Value.Real a && found instanceof Value.Real b) {
            return (float) a.value() == (float) b.value();
        }
        return asked.equals(found);
    }
}
