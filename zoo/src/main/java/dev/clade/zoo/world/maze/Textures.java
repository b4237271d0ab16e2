package dev.clade.zoo.world.maze;

/// What walls, doors and signs look like: skins of 16 x 16 texels, and each again in half the size down to 1 (mipmaps:
/// Williams 1983, "Pyramidal parametrics", SIGGRAPH), so that far walls do not flicker.
final class Textures {

    static final int SIDE = 16;

    /// Sizes: 16, 8, 4, 2, 1.
    static final int SIZES = 5;

    private static final int PATTERNS = 4;
    private static final int[] STONES = {0x9C7B4A, 0x5C8A55, 0x4A8788, 0x5A6BA6, 0x855C93, 0x8A8A90};
    private static final int WALLS = PATTERNS * STONES.length;
    private static final int SKINS = WALLS + 2 * Colour.COUNT;

    /// For each size its skins: columns of texels of red, green, blue.
    private static final float[][] TEXELS = drawn();

    private Textures() {}

    /// A wall of ordinary stone.
    static int wall(int hash) {
        return Math.floorMod(hash, WALLS);
    }

    static int door(int colour) {
        return WALLS + colour;
    }

    /// A wall that shows a colour.
    static int sign(int colour) {
        return WALLS + Colour.COUNT + colour;
    }

    /// The texels of a size: of skin `s`, column `u`, row `v` they begin at `((s * side + u) * side + v) * 3`.
    static float[] texels(int size) {
        return TEXELS[size];
    }

    /// A number that looks random: the finaliser of MurmurHash3.
    static int hash(int number) {
        int hash = number * 0x9E3779B9;
        hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
        return hash ^ (hash >>> 16);
    }

    /// The colour of a skin for a map, `0xRRGGBB`.
    static int colour(int skin) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
            rgb = rgb << 8 | (int) (255 * TEXELS[SIZES - 1][skin * 3 + channel]);
        }
        return rgb;
    }

    private static float[][] drawn() {
        var sizes = new float[SIZES][];
        sizes[0] = new float[SKINS * SIDE * SIDE * 3];
        for (int skin = 0; skin < SKINS; skin++) {
            for (int u = 0; u < SIDE; u++) {
                for (int v = 0; v < SIDE; v++) {
                    int texel = ((skin * SIDE + u) * SIDE + v) * 3;
                    float light = light(skin, u, v);
                    for (int channel = 0; channel < 3; channel++) {
                        float part = (base(skin) >>> (16 - 8 * channel) & 0xFF) / 255f;
                        sizes[0][texel + channel] = Math.min(1, part * light);
                    }
                }
            }
        }
        for (int size = 1; size < SIZES; size++) {
            sizes[size] = halved(sizes[size - 1], SIDE >> size);
        }
        return sizes;
    }

    private static int base(int skin) {
        if (skin < WALLS) {
            return STONES[skin / PATTERNS];
        }
        return Colour.rgb((skin - WALLS) % Colour.COUNT);
    }

    private static float light(int skin, int u, int v) {
        float grain = 1 + 0.1f * ((hash(skin * 1000 + u * 16 + v) & 0xFF) / 255f - 0.5f);
        if (skin >= WALLS + Colour.COUNT) {
            return sign(u, v);
        }
        if (skin >= WALLS) {
            return door(u, v);
        }
        return grain
                * switch (skin % PATTERNS) {
                    case 0 -> bricks(u, v);
                    case 1 -> panel(u, v);
                    case 2 -> u % 4 < 2 ? 1.15f : 0.75f;
                    default -> (Math.abs(u - 7.5f) + Math.abs(v - 7.5f)) % 6 < 3 ? 1.2f : 0.8f;
                };
    }

    private static float bricks(int u, int v) {
        boolean joint = v % 4 == 3 || (u + (v / 4 % 2) * 4) % 8 == 7;
        return joint ? 0.5f : 1.1f;
    }

    private static float panel(int u, int v) {
        int edge = Math.min(Math.min(u, 15 - u), Math.min(v, 15 - v));
        return edge < 1 ? 0.5f : edge < 3 ? 1.25f : edge < 4 ? 0.65f : 0.95f;
    }

    private static float sign(int u, int v) {
        return (u + v) % 8 < 4 ? 1 : 0.85f;
    }

    private static float door(int u, int v) {
        boolean knob = u >= 2 && u <= 3 && v >= 7 && v <= 9;
        return knob ? 0.2f : u % 5 == 0 || v == 0 || v == 15 ? 0.55f : 0.9f;
    }

    private static float[] halved(float[] larger, int side) {
        var smaller = new float[SKINS * side * side * 3];
        for (int column = 0; column < SKINS * side; column++) {
            for (int v = 0; v < side; v++) {
                for (int channel = 0; channel < 3; channel++) {
                    float sum = 0;
                    for (int part = 0; part < 4; part++) {
                        int u = 2 * column + part % 2;
                        sum += larger[(u * 2 * side + 2 * v + part / 2) * 3 + channel];
                    }
                    smaller[(column * side + v) * 3 + channel] = sum / 4;
                }
            }
        }
        return smaller;
    }
}
