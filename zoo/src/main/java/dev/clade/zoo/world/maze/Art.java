package dev.clade.zoo.world.maze;

/// Drawings of things. A letter is a texel: `#` the thing's colour, `o` lighter, `-` darker, `b` brown, `g` green, `w`
/// white, and one sees through a dot.
final class Art {

    static final int SIDE = 12;

    static final String[] APPLE = {
        "......bg....",
        ".....bggg...",
        "...##b####..",
        "..########-.",
        ".##oo######-",
        ".#oww######-",
        ".#ow#######-",
        ".##########-",
        ".##########-",
        "..########-.",
        "..#######--.",
        "....##.---.."
    };

    static final String[] STAR = {
        ".....##.....",
        ".....##.....",
        "....####....",
        "....####....",
        "############",
        ".##oooo####.",
        "..#oww###-..",
        "...#oo##-...",
        "..#######-..",
        "..###..##-..",
        ".##......--.",
        ".#........-."
    };

    static final String[] KEY = {
        "............",
        "..####......",
        ".##oo##.....",
        ".#o..##.....",
        ".#o...######",
        ".#o...######",
        ".#o..##--#-#",
        ".##oo##..#.#",
        "..####...#.#",
        "............",
        "............",
        "............"
    };

    static final String[] BALL = {
        "....####....",
        "..########..",
        ".##ooo#####.",
        ".#oww######.",
        "##oww#######",
        "##oo#######-",
        "###########-",
        "##########--",
        ".#########-.",
        ".########--.",
        "..######--..",
        "....----...."
    };

    private Art() {}

    /// Columns of texels: see [Thing#texels].
    static float[] drawn(String[] art, int colour) {
        var texels = new float[SIDE * SIDE * 3];
        for (int u = 0; u < SIDE; u++) {
            for (int v = 0; v < SIDE; v++) {
                int texel = (u * SIDE + v) * 3;
                char letter = art[v].charAt(u);
                for (int channel = 0; channel < 3; channel++) {
                    float part = (colour >>> (16 - 8 * channel) & 0xFF) / 255f;
                    texels[texel + channel] = switch (letter) {
                        case 'o' -> 0.6f * part + 0.4f;
                        case '-' -> 0.65f * part;
                        case 'w' -> 1;
                        case 'b' -> channel == 0 ? 0.4f : 0.25f;
                        case 'g' -> channel == 1 ? 0.75f : 0.2f;
                        case '#' -> part;
                        default -> -1;
                    };
                }
            }
        }
        return texels;
    }
}
