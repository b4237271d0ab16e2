package dev.clade.space;

import dev.clade.space.Domain.Scale;

/// The arithmetic of ranges.
final class Ranges {

    private Ranges() {}

    static void check(double low, double high, Scale scale) {
        boolean ordered = Double.isFinite(low) && Double.isFinite(high) && low <= high;
        boolean positive = switch (scale) {
            case LINEAR -> true;
            case LOG -> low > 0;
            case LOG_OF_COMPLEMENT -> high < 1;
        };
        if (!ordered || !positive) {
            throw new IllegalArgumentException("no range: [" + low + ", " + high + "] on scale " + scale);
        }
    }

    /// A number's coordinate on its scale, growing with the number.
    static double on(Scale scale, double x) {
        return switch (scale) {
            case LINEAR -> x;
            case LOG -> StrictMath.log(x);
            case LOG_OF_COMPLEMENT -> -StrictMath.log(1 - x);
        };
    }

    /// The number at a coordinate.
    static double back(Scale scale, double coordinate) {
        return switch (scale) {
            case LINEAR -> coordinate;
            case LOG -> StrictMath.exp(coordinate);
            case LOG_OF_COMPLEMENT -> 1 - StrictMath.exp(-coordinate);
        };
    }

    /// Where `x` lies on the way from one coordinate to another, in `[0, 1]`; halfway where they are the same.
    static double share(double x, double from, double to) {
        return to > from ? Math.min(1, Math.max(0, (x - from) / (to - from))) : 0.5;
    }

    /// A number outside its range, reflected at the walls as often as it takes, in the scale's coordinate.
    static double reflect(Scale scale, double x, double low, double high) {
        if (scale == Scale.LOG && x <= 0) {
            return low;
        }
        if (scale == Scale.LOG_OF_COMPLEMENT && x >= 1) {
            return high;
        }
        return back(scale, fold(on(scale, x), on(scale, low), on(scale, high)));
    }

    /// `x` folded into `[low, high]` by reflection.
    static double fold(double x, double low, double high) {
        double width = high - low;
        if (width == 0) {
            return low;
        }
        double period = 2 * width;
        double offset = (x - low) % period;
        if (offset < 0) {
            offset += period;
        }
        return offset <= width ? low + offset : high - (offset - width);
    }
}
