package dev.clade.zoo.unreal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.zoo.world.World;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CellsTest {

    private static final World.Shape SMALL = new World.Shape(3, 42, 42);

    @Test
    void cells_ofThePapersPicture_areThePapers_andOfOursAQuarter() {
        var paper = Cells.of(new World.Shape(3, 84, 84));
        assertThat(paper.rows()).isEqualTo(20);
        assertThat(paper.columns()).isEqualTo(20);
        assertThat(Cells.of(SMALL).count()).isEqualTo(100);
        assertThat(Cells.of(new World.Shape(1, 20, 42)).count()).isEqualTo(40);
    }

    /// Byte by byte: each belongs to one cell, or to the rim of one pixel.
    @Test
    void change_ofOnePixel_isThatOfItsCell() {
        var cells = Cells.of(SMALL);
        for (int pixel = 0; pixel < SMALL.size(); pixel++) {
            var pictures = new byte[2 * SMALL.size()];
            pictures[SMALL.size() + pixel] = (byte) 200;
            var change = new float[102];
            cells.change(pictures, 0, SMALL.size(), change, 1);
            int y = pixel / 42 % 42 - 1;
            int x = pixel % 42 - 1;
            var expected = new float[102];
            if (x >= 0 && y >= 0 && x < 40 && y < 40) {
                expected[1 + y / 4 * 10 + x / 4] = 200 / (255f * 48);
            }
            assertThat(Arrays.equals(change, expected)).as("pixel %s", pixel).isTrue();
        }
    }

    @Test
    void change_fromBlackToWhite_isOneEverywhere_bothWays() {
        var cells = Cells.of(SMALL);
        var pictures = new byte[2 * SMALL.size()];
        Arrays.fill(pictures, 0, SMALL.size(), (byte) 255);
        var ones = new float[100];
        Arrays.fill(ones, 1);
        var change = new float[100];
        cells.change(pictures, 0, SMALL.size(), change, 0);
        assertThat(change).containsExactly(ones);
        cells.change(pictures, SMALL.size(), 0, change, 0);
        assertThat(change).containsExactly(ones);
        cells.change(pictures, 0, 0, change, 0);
        assertThat(change).containsOnly(0);
    }
}
