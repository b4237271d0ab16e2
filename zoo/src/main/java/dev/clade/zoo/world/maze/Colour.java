package dev.clade.zoo.world.maze;

/// The colours of doors, keys, signs and balls.
enum Colour {
    RED(0xE23A3A),
    GREEN(0x3FC24A),
    BLUE(0x3B6CF0),
    YELLOW(0xF0D63A);

    static final int COUNT = 4;

    private final int rgb;

    Colour(int rgb) {
        this.rgb = rgb;
    }

    /// `0xRRGGBB`.
    int rgb() {
        return rgb;
    }
}
