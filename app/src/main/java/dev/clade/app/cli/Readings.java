package dev.clade.app.cli;

import dev.clade.study.statistics.Interval;
import dev.clade.study.statistics.Student;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Reading;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Measurements in words and numbers.
final class Readings {

    private Readings() {}

    /// The mean of the samples with its 95 % interval.
    static String interval(Evaluation evaluation, String metric) {
        if (!(evaluation.metrics().get(metric) instanceof Reading.Finite finite)) {
            return evaluation.metrics().get(metric) instanceof Reading.Diverged diverged
                    ? "diverged (" + diverged.what() + ")"
                    : "not measured";
        }
        int n = finite.samples().size();
        if (n > 1 && finite.samples().stream().distinct().count() == 1) {
            return Text.number(finite.samples().getFirst()) + " (the same in all of " + n + " samples)";
        }
        return n < 2
                ? Text.number(finite.mean()) + " (one sample)"
                : "%s (95 %% interval of the mean of %d samples)".formatted(around(finite.mean(), half(finite)), n);
    }

    /// A mean to the digit that its interval leaves in doubt.
    private static String around(double mean, double half) {
        if (half == 0 || !Double.isFinite(half)) {
            return Text.number(mean) + " +- " + Text.number(half);
        }
        var doubt = new BigDecimal(half).round(new MathContext(2));
        return new BigDecimal(mean)
                        .setScale(Math.max(0, doubt.scale()), RoundingMode.HALF_EVEN)
                        .toPlainString()
                + " +- " + doubt.toPlainString();
    }

    /// For programs.
    static Document document(Evaluation evaluation) {
        var document = new Document();
        evaluation
                .metrics()
                .forEach((name, reading) -> document.with(
                        name,
                        switch (reading) {
                            case Reading.Diverged diverged -> new Document().with("diverged", diverged.what());
                            case Reading.Finite finite -> {
                                var one = new Document().with("mean", finite.mean());
                                if (finite.samples().size() > 1) {
                                    one.with("interval95", half(finite));
                                }
                                yield one.with("samples", finite.samples());
                            }
                        }));
        return document;
    }

    /// Half the width of the 95 % interval of the mean.
    private static double half(Reading.Finite finite) {
        return Student.interval(finite.samples()).map(Interval::half).orElse(Double.NaN);
    }
}
