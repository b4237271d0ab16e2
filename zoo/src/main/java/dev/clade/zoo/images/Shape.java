package dev.clade.zoo.images;

/// The shape of an image.
///
/// @param channels 1 for grey, 3 for red, green and blue
/// @param height in pixels
/// @param width in pixels
public record Shape(int channels, int height, int width) {

    /// The numbers that an image is.
    public int size() {
        return channels * height * width;
    }

    @Override
    public String toString() {
        return channels + " x " + height + " x " + width;
    }
}
