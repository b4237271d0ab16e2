package dev.clade.space;

import java.util.List;
import java.util.stream.Collectors;

/// One value of a hyperparameter, with its type. A vector holds one value per element (say, per layer).
public sealed interface Value {

    record Real(double value) implements Value {
        public Real {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a hyperparameter must be finite, found " + value);
            }
        }

        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    record Whole(long value) implements Value {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    record Flag(boolean value) implements Value {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    record Text(String value) implements Value {
        @Override
        public String toString() {
            return value;
        }
    }

    record Vector(List<Value> elements) implements Value {
        public Vector {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return elements.stream().map(Value::toString).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /// The number that this value is, for comparisons and charts; the position for nothing else.
    ///
    /// @throws IllegalStateException for flags, texts and vectors
    default double number() {
        return switch (this) {
            case Real real -> real.value();
            case Whole whole -> whole.value();
            case Flag flag -> throw new IllegalStateException("not a number: " + flag);
            case Text text -> throw new IllegalStateException("not a number: " + text);
            case Vector vector -> throw new IllegalStateException("not a number: " + vector);
        };
    }
}
