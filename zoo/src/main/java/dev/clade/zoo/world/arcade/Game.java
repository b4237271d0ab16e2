package dev.clade.zoo.world.arcade;

import dev.clade.zoo.world.Frame;
import dev.clade.zoo.world.World;

/// A game on a board of 10 x 10 cells. A cell is `row * 10 + column`; row 0 is the top. What is seen is a
/// plane of cells for each kind of thing (Young, Tian 2019, arXiv 1903.03176, section 3).
sealed interface Game extends World permits Bricks, Crossing, Dots, Thrust {

    int SIDE = 10;
    int CELLS = SIDE * SIDE;

    /// An episode ends after so many steps. Ours: an evaluation is that long at most.
    int LIMIT = 500;

    int BACKGROUND = 0x14161C;

    /// A colour for each channel, `0xRRGGBB`; things of later channels lie above those of earlier ones. A
    /// plane that is not to be seen has a negative one.
    int[] colours();

    @Override
    default Shape shape() {
        return new Shape(colours().length, SIDE, SIDE);
    }

    @Override
    default Frame frame(int scale) {
        var colours = colours();
        var planes = new float[colours.length * CELLS];
        observe(planes, 0);
        var frame = new Frame(SIDE * scale, SIDE * scale);
        frame.fill(0, 0, SIDE * scale, SIDE * scale, BACKGROUND);
        int gap = scale / 12;
        for (int i = 0; i < planes.length; i++) {
            int colour = colours[i / CELLS];
            if (planes[i] > 0 && colour >= 0) {
                int cell = i % CELLS;
                frame.fill(
                        cell % SIDE * scale + gap, cell / SIDE * scale + gap, scale - 2 * gap, scale - 2 * gap, colour);
            }
        }
        return frame;
    }
}
