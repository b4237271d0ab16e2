package dev.clade.zoo.world.maze;

/// The colours of doors, keys, signs and balls: numbers from 0 to [#COUNT], without it.
final class Colour {

    static final int RED = 0;
    static final int GREEN = 1;
    static final int BLUE = 2;
    static final int YELLOW = 3;
    static final int COUNT = 4;

    private Colour() {}

    /// `0xRRGGBB`.
    static int rgb(int colour) {
        return switch (colour) {
            case RED -> 0xE23A3A;
            case GREEN -> 0x3FC24A;
            case BLUE -> 0x3B6CF0;
            default -> 0xF0D63A;
        };
    }
}
