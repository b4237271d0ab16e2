package dev.clade.random;

import java.util.random.RandomGenerator;

/// A counter-based generator: Philox 4x32 with 10 rounds (Salmon, Moraes, Dror, Shaw 2011, "Parallel
/// random numbers: as easy as 1, 2, 3", SC'11, table 2). Its n-th block is a function of a 64-bit key
/// and a 128-bit counter, so a stream is addressed, not advanced. The golden vectors of the authors'
/// library are tests.
///
/// A stream holds 2^64 blocks of two longs. Everything is drawn by code of this class: the algorithms
/// behind the default methods of [RandomGenerator] may change with the platform.
public final class Philox implements RandomGenerator {

    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long LOW = 0xFFFFFFFFL;
    private static final double UNIT = 0x1.0p-53;

    private final long key;
    private final long high;
    private long block;
    private long second;
    private boolean half;
    private double spare;
    private boolean spared;

    private Philox(long key, long high) {
        this.key = key;
        this.high = high;
    }

    /// The stream of a purpose of one member's segment. Member and segment are the upper half of the counter; seed
    /// and purpose are mixed into the key.
    public static Philox keyed(long seed, int member, int segment, String purpose) {
        return new Philox(mix(seed + mix(fold(purpose))), ((long) member << 32) | (segment & LOW));
    }

    /// Block `(low, high)` under a key, as two longs: the bare function.
    static long[] block(long key, long low, long high) {
        int c0 = (int) low;
        int c1 = (int) (low >>> 32);
        int c2 = (int) high;
        int c3 = (int) (high >>> 32);
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = MULTIPLIER_0 * (c0 & LOW);
            long p1 = MULTIPLIER_1 * (c2 & LOW);
            int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c0 = n0;
            c1 = (int) p1;
            c2 = n2;
            c3 = (int) p0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return new long[] {(c0 & LOW) | ((long) c1 << 32), (c2 & LOW) | ((long) c3 << 32)};
    }

    @Override
    public long nextLong() {
        if (half) {
            half = false;
            return second;
        }
        long[] pair = block(key, block++, high);
        second = pair[1];
        half = true;
        return pair[0];
    }

    @Override
    public int nextInt() {
        return (int) (nextLong() >>> 32);
    }

    /// Uniform over `0 .. bound - 1`, without bias (Lemire 2019, arXiv 1805.10941).
    @Override
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, found " + bound);
        }
        long product = (nextInt() & LOW) * bound;
        if ((product & LOW) < bound) {
            long threshold = ((1L << 32) - bound) % bound;
            while ((product & LOW) < threshold) {
                product = (nextInt() & LOW) * bound;
            }
        }
        return (int) (product >>> 32);
    }

    /// Uniform over `[0, 1)` in steps of 2^-53.
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * UNIT;
    }

    @Override
    public boolean nextBoolean() {
        return nextLong() < 0;
    }

    /// Standard normal, by the polar method (Marsaglia, Bray 1964).
    @Override
    public double nextGaussian() {
        if (spared) {
            spared = false;
            return spare;
        }
        double u;
        double v;
        double s;
        do {
            u = 2 * nextDouble() - 1;
            v = 2 * nextDouble() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double scale = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
        spare = v * scale;
        spared = true;
        return u * scale;
    }

    /// FNV-1a over the UTF-16 units of a text, 64 bits.
    private static long fold(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    /// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): a bijection that spreads every bit.
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
