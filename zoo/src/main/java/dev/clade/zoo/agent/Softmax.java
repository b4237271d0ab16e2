package dev.clade.zoo.agent;

/// The distribution whose probabilities are proportional to the exponentials of logits.
public final class Softmax {

    private Softmax() {}

    /// A place drawn from it. Logits that are no numbers give the last.
    ///
    /// @param logits those from `at` on
    /// @param count how many places there are
    /// @param uniform drawn over `[0, 1)`
    public static int drawn(float[] logits, int at, int count, double uniform) {
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            most = Math.max(most, logits[at + i]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += StrictMath.exp(logits[at + i] - most);
        }
        double left = uniform * sum;
        for (int i = 0; i < count - 1; i++) {
            left -= StrictMath.exp(logits[at + i] - most);
            if (left < 0) {
                return i;
            }
        }
        return count - 1;
    }
}
