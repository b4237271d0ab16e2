package dev.clade.zoo.images;

import dev.clade.zoo.tensor.Tensor;

/// Images of one shape with their classes, in the order of their files. A value is -1 to 1 when it is read,
/// and a byte in memory.
public final class ImageSet {

    private final Shape shape;
    private final byte[] pixels;
    private final byte[] classes;
    private final float[] scale;

    /// @param pixels one image behind the other, each channel by channel and row by row; not copied
    /// @param most what a byte is at most, and then means 1
    /// @param classes of each image, from 0; not copied
    ImageSet(Shape shape, byte[] pixels, int most, byte[] classes) {
        if (pixels.length != (long) classes.length * shape.size()) {
            throw new IllegalArgumentException(pixels.length + " values are not " + classes.length + " of " + shape);
        }
        this.shape = shape;
        this.pixels = pixels;
        this.classes = classes;
        scale = new float[most + 1];
        for (int i = 0; i <= most; i++) {
            scale[i] = i / (most / 2f) - 1;
        }
    }

    public Shape shape() {
        return shape;
    }

    public int count() {
        return classes.length;
    }

    /// The class of an image, from 0.
    public int classOf(int image) {
        return classes[image] & 0xFF;
    }

    /// One more than the highest class.
    public int classes() {
        int classes = 0;
        for (int i = 0; i < count(); i++) {
            classes = Math.max(classes, classOf(i) + 1);
        }
        return classes;
    }

    /// Copies the values of an image, -1 to 1.
    ///
    /// @param at where they begin in `to`
    public void copy(int image, float[] to, int at) {
        int from = image * shape.size();
        for (int i = 0; i < shape.size(); i++) {
            to[at + i] = scale[pixels[from + i] & 0xFF];
        }
    }

    /// Images as a tensor `(N, C, H, W)`.
    public Tensor tensor(int... images) {
        var values = new float[images.length * shape.size()];
        for (int i = 0; i < images.length; i++) {
            copy(images[i], values, i * shape.size());
        }
        return Tensor.of(values, images.length, shape.channels(), shape.height(), shape.width());
    }

    /// The classes of images, `(N)`.
    public Tensor classes(int... images) {
        var some = new long[images.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = classOf(images[i]);
        }
        return Tensor.of(some);
    }
}
