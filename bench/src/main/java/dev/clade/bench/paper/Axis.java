package dev.clade.bench.paper;

import java.util.ArrayList;
import java.util.List;

/// A range of numbers along a length.
///
/// @param low the number at `from`
/// @param high the number at `to`
record Axis(Scale scale, double low, double high, double from, double to) {

    /// How numbers are spread.
    enum Scale {
        LINEAR,
        /// By their logarithms.
        LOG,
        /// By the logarithms of what they lack of 1.
        LOG_OF_COMPLEMENT
    }

    /// A number with a mark.
    record Tick(double value, String label) {}

    /// A linear axis a little wider than what it must hold.
    static Axis around(double low, double high, double from, double to) {
        double room = high > low ? 0.04 * (high - low) : Math.max(Math.abs(low) * 0.01, 1e-9);
        return new Axis(Scale.LINEAR, low - room, high + room, from, to);
    }

    double at(double value) {
        double share = (spread(value) - spread(low)) / (spread(high) - spread(low));
        return from + share * (to - from);
    }

    private double spread(double value) {
        return switch (scale) {
            case LINEAR -> value;
            case LOG -> Math.log10(value);
            case LOG_OF_COMPLEMENT -> -Math.log10(1 - value);
        };
    }

    /// Round numbers within it.
    ///
    /// @param most of them, about
    List<Tick> ticks(int most) {
        return switch (scale) {
            case LINEAR -> linear(most);
            case LOG -> decades(low, high, most).stream().map(v -> tick(v)).toList();
            case LOG_OF_COMPLEMENT ->
                decades(1 - high, 1 - low, most).reversed().stream()
                        .map(v -> tick(1 - v))
                        .toList();
        };
    }

    private static Tick tick(double value) {
        return new Tick(value, Numbers.of(value, 4));
    }

    private List<Tick> linear(int most) {
        double rough = (high - low) / most;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = List.of(1.0, 2.0, 5.0, 10.0).stream()
                .map(f -> f * power)
                .filter(s -> s >= rough * 0.999)
                .findFirst()
                .orElse(10 * power);
        var ticks = new ArrayList<Tick>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
            ticks.add(new Tick(i * step, Numbers.of(i * step, 6)));
        }
        return ticks;
    }

    /// Powers of ten; where they are fewer than three, twice and five times them too.
    private static List<Double> decades(double low, double high, int most) {
        int first = (int) Math.floor(Math.log10(low) + 1e-9);
        int last = (int) Math.ceil(Math.log10(high) - 1e-9);
        int every = Math.max(1, Math.ceilDiv(last - first, most));
        var some = new ArrayList<Double>();
        for (int power = first; power <= last; power += every) {
            add(some, Math.pow(10, power), low, high);
        }
        if (some.size() > 2) {
            return some;
        }
        some.clear();
        for (int power = first; power <= last; power++) {
            for (double factor : new double[] {1, 2, 5}) {
                add(some, factor * Math.pow(10, power), low, high);
            }
        }
        return some;
    }

    private static void add(List<Double> some, double value, double low, double high) {
        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
            some.add(value);
        }
    }
}
