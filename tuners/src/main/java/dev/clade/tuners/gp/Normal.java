package dev.clade.tuners.gp;

/// What is believed of the function at one point: a normal distribution.
///
/// @param variance of the function itself, noise not included; not negative
public record Normal(double mean, double variance) {

    public double deviation() {
        return Math.sqrt(variance);
    }
}
