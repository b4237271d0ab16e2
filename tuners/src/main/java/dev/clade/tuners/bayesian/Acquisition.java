package dev.clade.tuners.bayesian;

import dev.clade.tuners.gp.Normal;
import org.hipparchus.special.Erf;

/// How much a point is worth measuring, from what is believed of it.
enum Acquisition {

    /// Expected improvement over the best that is believed (Mockus 1975; Jones, Schonlau, Welch 1998,
    /// "Efficient Global Optimization of Expensive Black-Box Functions", equation 15). Its logarithm, which
    /// still tells points apart where hardly any improvement is left (Ament et al. 2023, arXiv 2310.20708).
    EI {
        @Override
        double of(Normal believed, double best) {
            double deviation = believed.deviation();
            if (!(deviation > 0)) {
                return believed.mean() > best ? StrictMath.log(believed.mean() - best) : Double.NEGATIVE_INFINITY;
            }
            return logImprovement((believed.mean() - best) / deviation) + StrictMath.log(deviation);
        }
    },

    /// The upper end of what is believed, two standard deviations above the mean (Srinivas et al. 2010, arXiv
    /// 0912.3995, with a fixed beta of 4).
    UCB {
        @Override
        double of(Normal believed, double best) {
            return believed.mean() + 2 * believed.deviation();
        }
    },

    /// The value of one function drawn from all that are believed (Thompson 1933; Kandasamy et al. 2018,
    /// AISTATS, "Parallelised Bayesian Optimisation via Thompson Sampling"). Not a worth of single points:
    /// for one alone it is the mean.
    THOMPSON {
        @Override
        double of(Normal believed, double best) {
            return believed.mean();
        }
    };

    private static final double LOG_ROOT_2_PI = StrictMath.log(2 * Math.PI) / 2;
    private static final double ROOT_2 = Math.sqrt(2);

    /// Below this, the difference of density and tail loses its digits, and its asymptotic series has enough.
    private static final double FAR = -10;

    /// The worth of a point.
    ///
    /// @param best the best mean that is believed anywhere measured
    abstract double of(Normal believed, double best);

    /// The logarithm of `density(z) + z probability(z)` of the standard normal distribution: the expected
    /// improvement of a point whose mean is `z` deviations above the best, in deviations.
    static double logImprovement(double z) {
        double logDensity = -z * z / 2 - LOG_ROOT_2_PI;
        if (z < FAR) {
            double inverse = 1 / (z * z);
            double series = inverse * (-3 + inverse * (15 + inverse * (-105 + inverse * 945)));
            return logDensity + StrictMath.log(inverse) + StrictMath.log1p(series);
        }
        return StrictMath.log(StrictMath.exp(logDensity) + z * Erf.erfc(-z / ROOT_2) / 2);
    }
}
