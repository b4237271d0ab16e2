package dev.clade.zoo.unreal;

import dev.clade.zoo.world.World;

/// The squares of what is seen whose pixels the agent learns to change (Jaderberg et al. 2016, arXiv
/// 1611.05397, section 3.1): cells of 4x4 pixels, an even number of them along each side, in the middle of
/// the picture. Of 84x84 pixels these are the paper's 20x20 cells of the 80x80 in the middle, of 42x42 they
/// are 10x10 of the 40x40 in the middle.
///
/// @param shape of what is seen
/// @param rows of cells
/// @param columns of cells
record Cells(World.Shape shape, int rows, int columns) {

    /// Pixels along a side of a cell.
    static final int SIDE = 4;

    static Cells of(World.Shape shape) {
        return new Cells(shape, along(shape.height()), along(shape.width()));
    }

    private static int along(int pixels) {
        return pixels / SIDE / 2 * 2;
    }

    int count() {
        return rows * columns;
    }

    /// Writes how much each cell changes from one picture to another: the mean absolute difference of its
    /// pixels, over all channels, in `[0, 1]`; [#count] numbers from `at` on, row by row.
    ///
    /// @param pictures bytes, of 255 at most, without sign
    /// @param from where the one begins
    /// @param to where the other begins
    void change(byte[] pictures, int from, int to, float[] into, int at) {
        int top = (shape.height() - rows * SIDE) / 2;
        int left = (shape.width() - columns * SIDE) / 2;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int corner = (top + row * SIDE) * shape.width() + left + column * SIDE;
                into[at + row * columns + column] =
                        difference(pictures, from + corner, to + corner) / (255f * shape.channels() * SIDE * SIDE);
            }
        }
    }

    private int difference(byte[] pictures, int from, int to) {
        int sum = 0;
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int y = 0; y < SIDE; y++) {
                int place = (channel * shape.height() + y) * shape.width();
                for (int x = 0; x < SIDE; x++) {
                    sum += Math.abs((pictures[from + place + x] & 0xFF) - (pictures[to + place + x] & 0xFF));
                }
            }
        }
        return sum;
    }
}
