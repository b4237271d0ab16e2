package dev.clade.tuners.gp;

/// A covariance between points: how much is known of one from another. Its parameters are positive numbers,
/// and are moved on the scale of their logarithms. Immutable.
public sealed interface Kernel permits Ard, Isotropic, Overlap, Decay, Constant, Sum, Product, Mixture {

    /// The covariance of two points.
    double of(double[] a, double[] b);

    /// The covariance, with its derivatives by the logarithm of each parameter.
    ///
    /// @param slopes takes [#size()] derivatives, from index `from` on
    double of(double[] a, double[] b, double[] slopes, int from);

    /// How many parameters it has.
    int size();

    /// Writes the logarithms of its parameters, from index `from` on.
    void logs(double[] into, int from);

    /// The kernel whose parameters have these logarithms, from index `from` on.
    Kernel with(double[] logs, int from);

    /// The logarithms of its parameters.
    default double[] logs() {
        double[] logs = new double[size()];
        logs(logs, 0);
        return logs;
    }

    /// The kernel whose parameters have these logarithms.
    default Kernel with(double[] logs) {
        return with(logs, 0);
    }

    /// The covariance of either of two independent effects on the other's scale: both must be near.
    default Kernel times(Kernel other) {
        return new Product(this, other);
    }

    /// The covariance of the sum of two independent functions.
    default Kernel plus(Kernel other) {
        return new Sum(this, other);
    }

    /// The same variance everywhere, `variance > 0`: the scale of what it is multiplied with, or a common
    /// offset.
    static Kernel constant(double variance) {
        return new Constant(variance);
    }

    /// `exp(-r^2 / 2)` with `r^2 = sum_j (d_j / length_j)^2`: very smooth functions.
    ///
    /// @param distances how far apart two points are in each column that counts
    /// @param lengths one positive length scale for each
    static Kernel squaredExponential(Distances distances, double... lengths) {
        return new Ard(Ard.Shape.SQUARED_EXPONENTIAL, distances, lengths);
    }

    /// `(1 + s + s^2 / 3) exp(-s)` with `s = sqrt(5) r`: functions that are twice differentiable, the
    /// field's default for tuning (Snoek, Larochelle, Adams 2012, arXiv 1206.2944, section 3.1).
    ///
    /// @param distances how far apart two points are in each column that counts
    /// @param lengths one positive length scale for each
    static Kernel matern(Distances distances, double... lengths) {
        return new Ard(Ard.Shape.MATERN_5_2, distances, lengths);
    }

    /// The share of these columns in which two points are equal (Ru et al. 2020, "Bayesian Optimisation
    /// over Multiple Continuous and Categorical Inputs", arXiv 1906.08878, equation 2). It has no
    /// parameters.
    static Kernel overlap(int... columns) {
        return new Overlap(columns);
    }

    /// `(1 - epsilon)^(|t - t'| / 2)`: what is known fades with time (Bogunovic, Scarlett, Cevher 2016, arXiv
    /// 1601.06650, section 2.2).
    ///
    /// @param column that of the time
    /// @param epsilon how much fades in one unit of time, in (0, 1)
    static Kernel decay(int column, double epsilon) {
        return Decay.of(column, epsilon);
    }

    /// `exp(-r^2 / 2)` with `r^2 = sum_j d_j^2 / length^2`: very smooth functions, with one scale for all columns.
    ///
    /// @param distances how far apart two points are in each column that counts
    /// @param length positive
    static Kernel isotropic(Distances distances, double length) {
        return new Isotropic(distances, length);
    }

    /// `(1 - q) (a + b) / 2 + q a b`: between two effects that add up and two that need each other (Ru et al. 2020,
    /// arXiv 1906.08878, equation 3). `q / (1 - q)` is its last parameter.
    ///
    /// @param q in (0, 1)
    static Kernel mixed(Kernel a, Kernel b, double q) {
        if (!(0 < q && q < 1)) {
            throw new IllegalArgumentException("a share must be in (0, 1), found " + q);
        }
        return new Mixture(a, b, q / (1 - q));
    }
}
