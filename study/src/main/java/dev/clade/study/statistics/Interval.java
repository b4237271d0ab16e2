package dev.clade.study.statistics;

/// Where something lies with 95 % confidence, its ends included.
public record Interval(double low, double high) {

    /// How much confidence every interval of this package has.
    public static final double LEVEL = 0.95;

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval from " + low + " to " + high);
        }
    }

    /// Whether a value may be the true one.
    public boolean holds(double value) {
        return low <= value && value <= high;
    }

    /// Half of its width.
    public double half() {
        return (high - low) / 2;
    }

    /// The interval of the negated value.
    public Interval negated() {
        return new Interval(-high, -low);
    }
}
