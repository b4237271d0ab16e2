package dev.clade.tuners.gp;

import java.util.random.RandomGenerator;

/// What is believed of the logarithm of a kernel's parameter before anything is measured: a normal
/// distribution. A weak one keeps a few points from giving length scales of nothing or of everything.
///
/// @param middle the logarithm of the parameter's median
/// @param deviation in units of the natural logarithm, positive; infinity says nothing
public record Prior(double middle, double deviation) {

    /// A prior whose median is a parameter.
    ///
    /// @param factor what one standard deviation multiplies the median by, above 1
    public static Prior around(double median, double factor) {
        return new Prior(StrictMath.log(median), StrictMath.log(factor));
    }

    double density(double log) {
        double z = (log - middle) / deviation;
        return -z * z / 2;
    }

    double slope(double log) {
        return -(log - middle) / deviation / deviation;
    }

    double draw(RandomGenerator random) {
        return middle + Math.min(deviation, 1) * random.nextGaussian();
    }
}
