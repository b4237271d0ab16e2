package dev.clade.zoo.world.maze;

import java.util.List;
import java.util.stream.IntStream;

/// A kind of things: what it looks like and how big it is. It stands on the floor. Keys and balls come in the
/// [Colour]s.
final class Thing {

    static final Thing APPLE = new Thing(0.42, Art.APPLE, 0xE0302C, -1);
    static final Thing GOAL = new Thing(0.75, Art.STAR, 0xFFC81E, -1);

    private static final List<Thing> KEYS = coloured(0.5, Art.KEY);
    private static final List<Thing> BALLS = coloured(0.6, Art.BALL);

    private final float size;
    private final int rgb;
    private final int colour;
    private final float[] texels;

    private Thing(double size, String[] art, int rgb, int colour) {
        this.size = (float) size;
        this.rgb = rgb;
        this.colour = colour;
        texels = Art.drawn(art, rgb);
    }

    private static List<Thing> coloured(double size, String[] art) {
        return IntStream.range(0, Colour.COUNT)
                .mapToObj(colour -> new Thing(size, art, Colour.rgb(colour), colour))
                .toList();
    }

    static Thing key(int colour) {
        return KEYS.get(colour);
    }

    static Thing ball(int colour) {
        return BALLS.get(colour);
    }

    /// Which [Colour] a key or a ball has, -1 of others.
    int colour() {
        return colour;
    }

    /// Its height and width in cells.
    float size() {
        return size;
    }

    /// `0xRRGGBB`, on a map.
    int rgb() {
        return rgb;
    }

    /// [Art#SIDE] columns of as many texels of red, green, blue; red is negative where one sees through.
    float[] texels() {
        return texels;
    }
}
