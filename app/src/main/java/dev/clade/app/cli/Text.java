package dev.clade.app.cli;

import dev.clade.population.Specification;
import dev.clade.space.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import java.util.stream.Collectors;

/// Numbers, values, sizes and times as people read them.
final class Text {

    private static final int DIGITS = 4;
    private static final int SMALLEST = -4;
    private static final int LARGEST = 9;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private Text() {}

    /// Four significant digits, all those before the point, and no zeros behind.
    static String number(double x) {
        if (!Double.isFinite(x)) {
            return Double.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
        }
        if (x == 0) {
            return "0";
        }
        var exact = new BigDecimal(x);
        var rounded = exact.round(new MathContext(Math.max(DIGITS, exponent(exact) + 1)));
        int exponent = exponent(rounded);
        if (exponent < SMALLEST || exponent > LARGEST) {
            var mantissa = exact.round(new MathContext(DIGITS)).movePointLeft(exponent);
            return mantissa.stripTrailingZeros().toPlainString() + "e" + exponent;
        }
        return rounded.stripTrailingZeros().toPlainString();
    }

    private static int exponent(BigDecimal x) {
        return x.precision() - x.scale() - 1;
    }

    static String value(Value value) {
        return switch (value) {
            case Value.Real real -> number(real.value());
            case Value.Vector vector ->
                vector.elements().stream().map(Text::value).collect(Collectors.joining(" ", "[", "]"));
            case Value.Whole whole -> whole.toString();
            case Value.Flag flag -> flag.toString();
            case Value.Text text -> text.toString();
        };
    }

    /// Bytes in units of 1000.
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double rest = bytes;
        int unit = -1;
        while (rest >= 999.5) {
            rest /= 1000;
            unit++;
        }
        return (rest < 10 ? number(Math.round(rest * 10) / 10.0) : Long.toString(Math.round(rest))) + " "
                + "kMGTPE".charAt(unit) + "B";
    }

    /// To the second: `42 s`, `3 m 07 s`, `2 h 05 m`.
    static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? "%d m %02d s".formatted(seconds / 60, seconds % 60)
                : "%d h %02d m".formatted(seconds / 3600, seconds / 60 % 60);
    }

    /// Below a minute finer than [#time(Duration)]: `24 ms`, `3.4 s`.
    static String brief(Duration time) {
        if (time.toMillis() < 100) {
            return time.toMillis() + " ms";
        }
        return time.toSeconds() < 60 ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0) : time(time);
    }

    /// A budget in the unit that the trainer counts.
    static String budget(Specification specification) {
        var budget = specification.budget();
        var unit = specification.unit();
        var parts = new ArrayList<String>();
        budget.steps().ifPresent(s -> parts.add(count(s, unit, unit + "s") + " each"));
        budget.totalSteps().ifPresent(s -> parts.add(count(s, unit, unit + "s") + " in all"));
        budget.time().ifPresent(t -> parts.add(time(t)));
        budget.target().ifPresent(t -> parts.add(specification.metric().name() + " " + number(t)));
        return String.join(" or ", parts);
    }

    static String minute(Instant at) {
        return MINUTE.format(at.atZone(ZoneId.systemDefault()));
    }

    /// `1 copy`, `2 copies`.
    static String count(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }
}
