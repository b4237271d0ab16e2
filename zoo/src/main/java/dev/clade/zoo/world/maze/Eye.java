package dev.clade.zoo.world.maze;

import java.util.Arrays;

/// Draws what a body sees: rays through the grid, one for each column of pixels (Amanatides, Woo 1987, "A fast voxel
/// traversal algorithm for ray tracing"), floor and pits row by row, and things that face the eye. The eye is half a
/// cell high and sees 90 degrees; a wall at distance `d` is `size / (2 d)` pixels high.
///
/// Distances are along the middle of the sight, not along rays, so that walls are straight.
final class Eye {

    /// Fog is known in steps of 1/16 cell, up to 64 cells.
    private static final int STEPS = 16;

    private static final int FARTHEST = 64;

    /// Walls that run to the north and south are darker.
    private static final float SHADE = 0.78f;

    /// Things nearer than this are not drawn.
    private static final float NEAREST = 0.1f;

    /// The walls of pits, which are darker the deeper one sees, and black a floor's depth below.
    private static final float[] PIT = {0.62f, 0.2f, 0.1f};

    private final int size;
    private final int plane;
    private final float[] clear = new float[FARTHEST * STEPS];
    private final float[] fog;
    private final float[] floor;
    private final float[] sky;
    private final float[] depths;
    private final int[] bottoms;
    private final int[] order = new int[Things.MOST];
    private final float[] distances = new float[Things.MOST];

    // what is seen from: set for each picture
    private float x;
    private float y;
    private float aheadX;
    private float aheadY;

    /// @param size columns and rows of pixels
    Eye(int size, Look look) {
        this.size = size;
        plane = size * size;
        depths = new float[size];
        bottoms = new int[size];
        fog = parts(look.fog());
        floor = parts(look.floor());
        sky = parts(look.sky());
        for (int i = 0; i < clear.length; i++) {
            double far = i / (STEPS * look.range());
            clear[i] = (float) StrictMath.exp(-far * far);
        }
    }

    private static float[] parts(int colour) {
        return new float[] {(colour >>> 16 & 0xFF) / 255f, (colour >>> 8 & 0xFF) / 255f, (colour & 0xFF) / 255f};
    }

    /// Writes red, green and blue of what is seen, from `at` on.
    void see(Plan plan, Things things, Body body, float[] into, int at) {
        x = (float) body.x();
        y = (float) body.y();
        aheadX = (float) Body.cosine(body.heading());
        aheadY = (float) Body.sine(body.heading());
        sky(into, at);
        for (int column = 0; column < size; column++) {
            wall(plan, column, into, at);
        }
        for (int row = size / 2; row < size; row++) {
            floor(plan, row, into, at);
        }
        things(plan, things, into, at);
    }

    /// How far away the wall in a column of pixels is.
    float depth(int column) {
        return depths[column];
    }

    /// How much of what is so far away is seen through the fog, 0 to 1.
    private float clear(float depth) {
        return clear[Math.min((int) (depth * STEPS), clear.length - 1)];
    }

    /// The tangent of the angle between the middle and the middle of a row or column of pixels.
    private float slope(int pixel) {
        return (2 * pixel + 1) / (float) size - 1;
    }

    private void sky(float[] into, int at) {
        for (int row = 0; row < (size + 1) / 2; row++) {
            float high = Math.min(1, -slope(row) * 1.3f);
            for (int channel = 0; channel < 3; channel++) {
                int from = at + channel * plane + row * size;
                Arrays.fill(into, from, from + size, fog[channel] + high * (sky[channel] - fog[channel]));
            }
        }
    }

    private void wall(Plan plan, int column, float[] into, int at) {
        float aside = slope(column);
        float rayX = aheadX - aside * aheadY;
        float rayY = aheadY + aside * aheadX;
        int stepX = rayX < 0 ? -1 : 1;
        int stepY = rayY < 0 ? -1 : 1;
        float deltaX = Math.abs(1 / rayX);
        float deltaY = Math.abs(1 / rayY);
        int cellX = (int) x;
        int cellY = (int) y;
        float nextX = rayX < 0 ? (x - cellX) * deltaX : (cellX + 1 - x) * deltaX;
        float nextY = rayY < 0 ? (y - cellY) * deltaY : (cellY + 1 - y) * deltaY;
        int columns = plan.columns();
        while (true) {
            boolean acrossX = nextX < nextY;
            float depth;
            if (acrossX) {
                depth = nextX;
                nextX += deltaX;
                cellX += stepX;
            } else {
                depth = nextY;
                nextY += deltaY;
                cellY += stepY;
            }
            int cell = cellY * columns + cellX;
            byte kind = plan.kind(cell);
            if (kind == Plan.WALL) {
                float along = acrossX ? y + depth * rayY - cellY : x + depth * rayX - cellX;
                boolean mirrored = acrossX ? rayX < 0 : rayY > 0;
                paint(plan.skin(cell), column, depth, mirrored ? 1 - along : along, acrossX, into, at);
                return;
            }
            if (kind == Plan.DOOR) {
                boolean through = plan.alongX(cell);
                float middle = through ? (cellX + 0.5f - x) / rayX : (cellY + 0.5f - y) / rayY;
                float along = through ? y + middle * rayY - cellY : x + middle * rayX - cellX;
                float slid = along - plan.openness(cell);
                if (middle > 0 && along < 1 && along >= 0 && slid >= 0) {
                    paint(plan.skin(cell), column, middle, slid, through, into, at);
                    return;
                }
            }
        }
    }

    /// A column of a wall.
    ///
    /// @param along where on the wall, 0 to 1
    private void paint(int skin, int column, float depth, float along, boolean shaded, float[] into, int at) {
        float high = size / (2 * depth);
        float top = (size - high) / 2;
        int first = Math.max(0, ceil(top - 0.5f));
        int last = Math.min(size, ceil(top + high - 0.5f));
        depths[column] = depth;
        bottoms[column] = last;
        int mipmap = 0;
        int side = Textures.SIDE;
        while (side > high * 1.5f && side > 1) {
            side >>= 1;
            mipmap++;
        }
        var texels = Textures.texels(mipmap);
        int u = Math.max(0, Math.min(side - 1, (int) (along * side)));
        int strip = (skin * side + u) * side;
        float clear = clear(depth);
        float light = shaded ? clear * SHADE : clear;
        float red = (1 - clear) * fog[0];
        float green = (1 - clear) * fog[1];
        float blue = (1 - clear) * fog[2];
        float step = side / high;
        float v = (first + 0.5f - top) * step;
        int pixel = at + first * size + column;
        for (int row = first; row < last; row++) {
            int texel = (strip + Math.min((int) v, side - 1)) * 3;
            into[pixel] = texels[texel] * light + red;
            into[pixel + plane] = texels[texel + 1] * light + green;
            into[pixel + 2 * plane] = texels[texel + 2] * light + blue;
            pixel += size;
            v += step;
        }
    }

    private static int ceil(float number) {
        return (int) Math.ceil(number);
    }

    /// A row of the floor, below the walls: a chequered one, with pits as deep as the eye is high.
    private void floor(Plan plan, int row, float[] into, int at) {
        float slope = slope(row);
        if (slope <= 0) {
            return;
        }
        float depth = 0.5f / slope;
        float clear = clear(depth);
        float red = (1 - clear) * fog[0];
        float green = (1 - clear) * fog[1];
        float blue = (1 - clear) * fog[2];
        float stride = depth * 2 / size;
        float placeX = x + depth * aheadX - depth * aheadY * slope(0);
        float placeY = y + depth * aheadY + depth * aheadX * slope(0);
        float strideX = -stride * aheadY;
        float strideY = stride * aheadX;
        int columns = plan.columns();
        int pixel = at + row * size;
        for (int column = 0; column < size; column++) {
            if (row >= bottoms[column]) {
                int cellX = (int) placeX;
                int cellY = (int) placeY;
                float[] colour = floor;
                float light = clear;
                if (plan.kind(cellY * columns + cellX) == Plan.PIT) {
                    colour = PIT;
                    light *= Math.max(0, 2 - Math.min(leaving(x, placeX, cellX), leaving(y, placeY, cellY)));
                } else if ((((int) (2 * placeX) ^ (int) (2 * placeY)) & 1) == 0) {
                    light *= 0.8f;
                }
                into[pixel] = colour[0] * light + red;
                into[pixel + plane] = colour[1] * light + green;
                into[pixel + 2 * plane] = colour[2] * light + blue;
            }
            pixel++;
            placeX += strideX;
            placeY += strideY;
        }
    }

    /// Where a sight leaves a cell below its floor, along one axis, as a multiple of its way to the floor.
    private static float leaving(float from, float place, int cell) {
        float way = place - from;
        return way == 0 ? 2 : ((way > 0 ? cell + 1 : cell) - from) / way;
    }

    /// Things, the farthest first.
    private void things(Plan plan, Things things, float[] into, int at) {
        int count = 0;
        for (int thing = 0; thing < things.count(); thing++) {
            if (things.there(thing)) {
                float awayX = (float) plan.x(things.cell(thing)) - x;
                float awayY = (float) plan.y(things.cell(thing)) - y;
                float depth = awayX * aheadX + awayY * aheadY;
                if (depth > NEAREST) {
                    distances[thing] = depth;
                    int place = count++;
                    while (place > 0 && distances[order[place - 1]] < depth) {
                        order[place] = order[place - 1];
                        place--;
                    }
                    order[place] = thing;
                }
            }
        }
        for (int i = 0; i < count; i++) {
            int thing = order[i];
            float awayX = (float) plan.x(things.cell(thing)) - x;
            float awayY = (float) plan.y(things.cell(thing)) - y;
            thing(things.kind(thing), distances[thing], awayY * aheadX - awayX * aheadY, into, at);
        }
    }

    /// @param aside how far to the right of the middle it is, in cells
    private void thing(Thing kind, float depth, float aside, float[] into, int at) {
        float scale = size / (2 * depth);
        float high = kind.size() * scale;
        float left = size / 2f + aside * scale - high / 2;
        float top = size / 2f + scale / 2 - high;
        int firstColumn = Math.max(0, ceil(left - 0.5f));
        int lastColumn = Math.min(size, ceil(left + high - 0.5f));
        int firstRow = Math.max(0, ceil(top - 0.5f));
        int lastRow = Math.min(size, ceil(top + high - 0.5f));
        var texels = kind.texels();
        float step = Art.SIDE / high;
        float clear = clear(depth);
        float red = (1 - clear) * fog[0];
        float green = (1 - clear) * fog[1];
        float blue = (1 - clear) * fog[2];
        for (int column = firstColumn; column < lastColumn; column++) {
            if (depth < depths[column]) {
                int strip = Math.min((int) ((column + 0.5f - left) * step), Art.SIDE - 1) * Art.SIDE;
                for (int row = firstRow; row < lastRow; row++) {
                    int texel = (strip + Math.min((int) ((row + 0.5f - top) * step), Art.SIDE - 1)) * 3;
                    if (texels[texel] >= 0) {
                        int pixel = at + row * size + column;
                        into[pixel] = texels[texel] * clear + red;
                        into[pixel + plane] = texels[texel + 1] * clear + green;
                        into[pixel + 2 * plane] = texels[texel + 2] * clear + blue;
                    }
                }
            }
        }
    }
}
