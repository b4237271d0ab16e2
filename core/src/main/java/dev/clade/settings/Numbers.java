package dev.clade.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// The notations of numbers and durations in an experiment file.
final class Numbers {

    private static final Pattern NUMBER =
            Pattern.compile("([+-]?(?:\\d[\\d_]*\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,3})?)([kKMG%]?)");
    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?|\\.\\d+)(ms|s|m|h|d)?");
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    private Numbers() {}

    static double real(Setting setting) {
        var text = setting.asText();
        var value = parse(text);
        if (value.isEmpty()) {
            throw setting.wrong(text, "a number, such as 7, .5, 1e6, 1_000_000 or 20k");
        }
        return value.get();
    }

    private static Optional<Double> parse(String text) {
        var match = NUMBER.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var digits = new BigDecimal(match.group(1).replace("_", ""));
        int shift = switch (match.group(2)) {
            case "k", "K" -> 3;
            case "M" -> 6;
            case "G" -> 9;
            case "%" -> -2;
            default -> 0;
        };
        double value = digits.scaleByPowerOfTen(shift).doubleValue();
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }

    static Duration duration(Setting setting) {
        var match = DURATION.matcher(setting.asText());
        if (!match.matches()) {
            throw setting.wrong(setting.asText(), "a duration, such as 90s, 30m, 2h or 1d");
        }
        var unit = Optional.ofNullable(match.group(2)).orElse("s");
        var seconds = switch (unit) {
            case "ms" -> new BigDecimal("0.001");
            case "m" -> BigDecimal.valueOf(60);
            case "h" -> BigDecimal.valueOf(3600);
            case "d" -> BigDecimal.valueOf(86400);
            default -> BigDecimal.ONE;
        };
        var nanos = new BigDecimal(match.group(1)).multiply(seconds).multiply(NANOS);
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw setting.wrong(setting.asText(), "a duration of less than 292 years");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    static String plain(double value) {
        return Setting.number(value).text();
    }
}
