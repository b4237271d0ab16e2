package dev.clade.zoo.world.maze;

/// How a level is seen and played.
///
/// @param size rows and columns of what is seen, 8 to 84
/// @param repeat frames in a step, in which one action goes on, 1 to 16
/// @param steps of an episode at most, at least 1
public record Options(int size, int repeat, int steps) {

    /// 42 x 42 pixels, four frames a step (Mnih et al. 2016, arXiv 1602.01783, section 5), 450 steps.
    public static final Options STANDARD = new Options(42, 4, 450);

    public Options {
        check("size", size, 8, 84);
        check("repeat", repeat, 1, 16);
        check("steps", steps, 1, Integer.MAX_VALUE);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + ", found " + value);
        }
    }
}
