package dev.clade.zoo.tensor;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/// What dropout multiplies by, as [Tensor#dropout(double, RandomGenerator)] draws it: 0 with probability `rate`, else
/// `1 / (1 - rate)`.
public final class Masks {

    private Masks() {}

    /// The masks of several models, `(K, ...)`: each drawn by its own generator, so that it is the one that the model
    /// would draw alone.
    ///
    /// @param rates in `[0, 1)`, one for each model; a rate of 0 draws nothing
    /// @param shape of one model's mask
    public static Tensor each(List<Double> rates, List<RandomGenerator> randoms, long... shape) {
        var all = new long[shape.length + 1];
        all[0] = rates.size();
        System.arraycopy(shape, 0, all, 1, shape.length);
        rates.forEach(Masks::check);
        return Tensor.filled(
                buffer -> {
                    int size = buffer.capacity() / rates.size();
                    Host.each(rates.size(), i -> fill(buffer.slice(i * size, size), rates.get(i), randoms.get(i)));
                },
                all);
    }

    static void check(double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("a dropout rate is in [0, 1), found " + rate);
        }
    }

    static void fill(FloatBuffer mask, double rate, RandomGenerator random) {
        int size = mask.capacity();
        if (rate == 0) {
            for (int i = 0; i < size; i++) {
                mask.put(i, 1);
            }
            return;
        }
        long threshold = Math.round(rate * 0x1.0p32);
        float scale = (float) (1 / (1 - rate));
        long bits = 0;
        for (int i = 0; i < size; i++) {
            bits = i % 2 == 0 ? random.nextLong() : bits >>> 32;
            mask.put(i, (bits & 0xFFFFFFFFL) >= threshold ? scale : 0);
        }
    }

    private static final int SIXTEEN = 0xFFFF;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /// By SplitMix64 (Steele, Lea, Flood 2014), four elements from each of its numbers.
    static void fill(FloatBuffer mask, double rate, long key) {
        int size = mask.capacity();
        int threshold = (int) Math.min(SIXTEEN, Math.round(rate * (SIXTEEN + 1)));
        int scale = Float.floatToRawIntBits((SIXTEEN + 1f) / (SIXTEEN + 1 - threshold));
        var drawn = new float[size + 3];
        for (int i = 0; i < size; i += 4) {
            long bits = mixed(key + (i / 4 + 1) * GOLDEN);
            drawn[i] = kept((int) bits & SIXTEEN, threshold, scale);
            drawn[i + 1] = kept((int) (bits >>> 16) & SIXTEEN, threshold, scale);
            drawn[i + 2] = kept((int) (bits >>> 32) & SIXTEEN, threshold, scale);
            drawn[i + 3] = kept((int) (bits >>> 48), threshold, scale);
        }
        mask.put(0, drawn, 0, size);
    }

    /// The scale, or 0 below the threshold: without a branch, which would be guessed wrong at every rate.
    private static float kept(int bits, int threshold, int scale) {
        return Float.intBitsToFloat(scale & ~((bits - threshold) >> 31));
    }

    private static long mixed(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
