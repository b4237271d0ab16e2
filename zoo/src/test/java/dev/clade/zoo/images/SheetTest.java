package dev.clade.zoo.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetTest {

    @TempDir
    Path folder;

    @Test
    void sheet_ofGreyImages_isAPictureThatOthersRead() throws IOException {
        var file = folder.resolve("x.png");
        new Sheet(new Shape(1, 1, 2), 2, 3).write(file, new float[] {-1, 1, 0, 9, Float.NaN, -9});
        var picture = Objects.requireNonNull(ImageIO.read(file.toFile()));
        assertThat(picture.getWidth()).isEqualTo(2 * (2 * 3 + 2) + 2);
        assertThat(picture.getHeight()).isEqualTo(2 * (3 + 2) + 2);
        var grey = picture.getRaster();
        assertThat(grey.getSample(0, 0, 0)).isEqualTo(128);
        assertThat(grey.getSample(2, 2, 0)).isZero();
        assertThat(grey.getSample(4, 4, 0)).isZero();
        assertThat(grey.getSample(5, 2, 0)).isEqualTo(255);
        assertThat(grey.getSample(8, 2, 0)).as("the line between").isEqualTo(128);
        assertThat(grey.getSample(10, 2, 0)).isEqualTo(128);
        assertThat(grey.getSample(13, 2, 0)).as("beyond white").isEqualTo(255);
        assertThat(grey.getSample(2, 7, 0)).as("no number").isZero();
        assertThat(grey.getSample(13, 7, 0)).as("no image").isEqualTo(128);
    }

    @Test
    void sheet_ofColours_keepsThemApart() throws IOException {
        var file = folder.resolve("x.png");
        new Sheet(new Shape(3, 1, 1), 1, 1).write(file, new float[] {1, -1, 0});
        assertThat(Objects.requireNonNull(ImageIO.read(file.toFile())).getRGB(2, 2))
                .isEqualTo(0xFFFF0080);
    }
}
