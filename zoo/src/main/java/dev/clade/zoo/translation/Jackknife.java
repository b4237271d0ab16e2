package dev.clade.zoo.translation;

import java.util.List;

/// Samples of a number that is no mean, such as the BLEU of a corpus: the pseudo-values of the jackknife
/// (Tukey 1958; Efron, Stein 1981), moved together so that their mean is the number itself. With `T` of all
/// `g` parts and `T_i` of all but part `i`, sample `i` is `T + (g - 1) (mean of T_j - T_i)`.
///
/// Who reads their mean reads `T`; who reads their spread, as Welch's t-test does, reads the jackknife's
/// standard error of `T`. Of a mean of equal parts, the samples are the parts.
final class Jackknife {

    private Jackknife() {}

    /// @param all `T`
    /// @param without `T_i`
    static List<Double> samples(double all, List<Double> without) {
        double mean = without.stream().mapToDouble(Double::doubleValue).sum() / without.size();
        return without.stream()
                .map(one -> all + (without.size() - 1) * (mean - one))
                .toList();
    }
}
