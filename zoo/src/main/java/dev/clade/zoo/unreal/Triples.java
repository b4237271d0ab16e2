package dev.clade.zoo.unreal;

/// What reward prediction learns from: three pictures in a row of one episode, and the sign of the reward that
/// came next.
final class Triples {

    /// Pictures in a row.
    static final int PICTURES = 3;

    /// 0 negative, 1 zero, 2 positive.
    static final int CLASSES = 3;

    private final int size;
    private final float[] seen;
    private final long[] classes;

    /// @param count how many
    /// @param size numbers of a picture
    Triples(int count, int size) {
        this.size = size;
        seen = new float[count * PICTURES * size];
        classes = new long[count];
    }

    /// Reads one.
    ///
    /// @param last step of the three
    void read(int which, Ring ring, int last) {
        for (int picture = 0; picture < PICTURES; picture++) {
            ring.seen(last - PICTURES + 1 + picture, seen, (which * PICTURES + picture) * size);
        }
        classes[which] = 1 + (long) Math.signum(ring.reward(last));
    }

    int count() {
        return classes.length;
    }

    /// The pictures of one behind one another, `(3 count, pixels)`.
    float[] seen() {
        return seen;
    }

    long[] classes() {
        return classes;
    }
}
