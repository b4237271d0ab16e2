package dev.clade.zoo.feudal;

/// Discounted returns of an unroll.
final class Returns {

    private Returns() {}

    /// `R_t = r_t + discount R_t+1`, where nothing follows an end and the value of what is seen after the
    /// last step follows that (Mnih et al. 2016, arXiv 1602.01783, algorithm S3).
    ///
    /// @param rewards of `T * E` steps
    /// @param ended after which of them an episode was over
    /// @param last values of what is seen after the last step, one for each of the `E` environments
    static float[] of(float[] rewards, boolean[] ended, float[] last, double discount) {
        var returns = new float[rewards.length];
        for (int row = rewards.length - 1; row >= 0; row--) {
            int next = row + last.length;
            double follows = next < rewards.length ? returns[next] : last[next - rewards.length];
            returns[row] = (float) (rewards[row] + (ended[row] ? 0 : discount * follows));
        }
        return returns;
    }
}
