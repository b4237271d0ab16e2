package dev.clade.bench.paper;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers as people read them.
final class Numbers {

    private static final int DIGITS = 5;
    private static final double SMALL = 1e-4;
    private static final double LARGE = 1e6;

    private Numbers() {}

    /// Five significant digits.
    static String of(double value) {
        return of(value, DIGITS);
    }

    /// So many significant digits, zeros at the end left out.
    static String of(double value, int digits) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : Double.toString(value);
        }
        var rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        double size = Math.abs(value);
        return size < SMALL || size >= LARGE
                ? String.format(Locale.ROOT, "%." + (digits - 1) + "e", value).replaceFirst("[.]?0*e([-+]?)0*", "e$1")
                : rounded.stripTrailingZeros().toPlainString();
    }

    static String signed(double value) {
        return (value > 0 ? "+" : "") + of(value);
    }
}
