package dev.clade.zoo.gan;

import dev.clade.fault.Fault;
import dev.clade.zoo.images.Shape;

/// How large the networks are: by the images' side.
///
/// @param channels of an image
/// @param side of an image, a multiple of [#HALVINGS] halvings
/// @param width channels next to the image; twice as many behind
/// @param latent numbers that an image is made of
record Size(int channels, int side, int width, int latent) {

    /// Kernel, stride and zeros around of all convolutions: each halves the side exactly, and its transpose
    /// doubles it.
    static final int KERNEL = 4;

    static final int STRIDE = 2;
    static final int PADDING = 1;

    private static final int HALVINGS = 4;
    private static final int TINY = 16;

    /// @throws Fault 3323 for images that cannot be halved twice
    static Size of(Shape shape) {
        int side = shape.height();
        if (side != shape.width() || side % HALVINGS != 0 || (shape.channels() != 1 && shape.channels() != 3)) {
            throw new Fault(
                    3323,
                    "the trainer 'gan' has no networks for such images.",
                    "images of " + shape + ".",
                    "1 or 3 channels, and squares whose side is a multiple of " + HALVINGS + ".",
                    "use images of another shape.");
        }
        return side < TINY ? new Size(shape.channels(), side, 16, 16) : new Size(shape.channels(), side, 32, 64);
    }

    boolean tiny() {
        return side < TINY;
    }

    /// The side of what lies two convolutions from the image.
    int inner() {
        return side / HALVINGS;
    }

    /// The numbers of what lies two convolutions from the image.
    int flat() {
        return 2 * width * inner() * inner();
    }
}
