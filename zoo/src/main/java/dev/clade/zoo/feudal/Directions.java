package dev.clade.zoo.feudal;

import dev.clade.zoo.tensor.Tensor;

/// Directions in the manager's latent space: rows of `(N, d)`.
final class Directions {

    /// Added to squared norms, so that what has no direction is 0 and not no number.
    private static final double LEAST = 1e-12;

    private Directions() {}

    /// Each row at length 1; a row of zeros stays.
    static Tensor unit(Tensor rows) {
        return rows.over(norms(rows).reshape(-1, 1));
    }

    /// The cosine of the angle between each two rows, `(N)`; 0 where one of them is zeros.
    static Tensor cosines(Tensor rows, Tensor others) {
        return rows.times(others).sum(1).over(norms(rows).times(norms(others)));
    }

    private static Tensor norms(Tensor rows) {
        return rows.square().sum(1).plus(LEAST).sqrt();
    }
}
