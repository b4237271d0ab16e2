package dev.clade.trainer;

import java.util.List;

/// What a metric read: samples of one model (ten episode returns), or the fact that it is no number any more.
public sealed interface Reading {

    /// At least one sample, all finite.
    record Finite(List<Double> samples) implements Reading {
        public Finite {
            samples = List.copyOf(samples);
            if (samples.isEmpty() || samples.stream().anyMatch(s -> !Double.isFinite(s))) {
                throw new IllegalArgumentException("samples must be some and finite, found " + samples);
            }
        }

        /// The mean of the samples, summed in their order.
        public double mean() {
            double sum = 0;
            for (double sample : samples) {
                sum += sample;
            }
            return sum / samples.size();
        }
    }

    /// Worst of all, whatever the mode.
    record Diverged(String what) implements Reading {}

    /// A reading of samples; any that is not finite makes it diverged.
    static Reading of(List<Double> samples) {
        return samples.stream()
                .filter(s -> !Double.isFinite(s))
                .findFirst()
                .<Reading>map(s -> new Diverged("a sample is " + s))
                .orElseGet(() -> new Finite(samples));
    }

    static Reading of(double sample) {
        return of(List.of(sample));
    }
}
