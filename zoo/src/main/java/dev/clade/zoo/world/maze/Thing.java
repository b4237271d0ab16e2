package dev.clade.zoo.world.maze;

/// Kinds of things: what they look like and how big they are. Keys and balls come in the [Colour]s, in their order.
enum Thing {
    APPLE(0.42, Art.APPLE, 0xE0302C),
    GOAL(0.75, Art.STAR, 0xFFC81E),
    RED_KEY(0.5, Art.KEY, Colour.RED.rgb()),
    GREEN_KEY(0.5, Art.KEY, Colour.GREEN.rgb()),
    BLUE_KEY(0.5, Art.KEY, Colour.BLUE.rgb()),
    YELLOW_KEY(0.5, Art.KEY, Colour.YELLOW.rgb()),
    RED_BALL(0.6, Art.BALL, Colour.RED.rgb()),
    GREEN_BALL(0.6, Art.BALL, Colour.GREEN.rgb()),
    BLUE_BALL(0.6, Art.BALL, Colour.BLUE.rgb()),
    YELLOW_BALL(0.6, Art.BALL, Colour.YELLOW.rgb());

    private static final Thing[] KINDS = values();

    private final float size;
    private final int colour;
    private final float[] texels;

    Thing(double size, String[] art, int colour) {
        this.size = (float) size;
        this.colour = colour;
        texels = Art.drawn(art, colour);
    }

    static Thing key(int colour) {
        return KINDS[RED_KEY.ordinal() + colour];
    }

    static Thing ball(int colour) {
        return KINDS[RED_BALL.ordinal() + colour];
    }

    /// Which [Colour] a key or a ball has.
    int shade() {
        return (ordinal() - RED_KEY.ordinal()) % Colour.COUNT;
    }

    /// Its height and width in cells; it stands on the floor.
    float size() {
        return size;
    }

    /// `0xRRGGBB`, on a map.
    int colour() {
        return colour;
    }

    /// [Art#SIDE] columns of as many texels of red, green, blue; red is negative where one sees through.
    float[] texels() {
        return texels;
    }
}
