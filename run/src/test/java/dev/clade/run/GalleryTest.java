package dev.clade.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryTest {

    @TempDir
    private Path folder = Path.of("");

    private Gallery gallery() {
        return new Gallery(folder.resolve("pictures"));
    }

    private static void draw(Path file, int width, int height) throws IOException {
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }

    private static void drawn(Path at, String... names) throws IOException {
        for (var name : names) {
            draw(at.resolve(name), 3, 2);
        }
    }

    /// What is kept of the first winner, by whoever looks.
    private Gallery.Wall wall() {
        return gallery().wall(1);
    }

    @Test
    void pictures_areKept_byNameAndSize() throws IOException {
        gallery().hang(1, at -> {
            draw(at.resolve("b samples.png"), 30, 20);
            draw(at.resolve("a.png"), 1, 7);
        });

        assertThat(wall().note()).isEmpty();
        assertThat(wall().pictures())
                .extracting(p -> p.name() + " " + p.width() + "x" + p.height())
                .containsExactly("a 1x7", "b samples 30x20");
        assertThat(gallery().wall(2)).isEqualTo(Gallery.Wall.EMPTY);
    }

    @Test
    void whoDrawsNothing_leavesNothing() throws IOException {
        gallery().hang(1, at -> {});

        assertThat(wall()).isEqualTo(Gallery.Wall.EMPTY);
        try (var left = Files.list(folder.resolve("pictures"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aFailure_isANote_andNoHalfOfTheRest() {
        gallery().hang(1, at -> {
            drawn(at, "half.png");
            throw new IOException("the brush broke");
        });

        assertThat(wall().pictures()).isEmpty();
        assertThat(wall().note()).contains("The pictures could not be drawn: the brush broke.");
    }

    @Test
    void theFirstStay_andArtistsAreAskedOnce() {
        gallery().hang(1, at -> drawn(at, "first.png"));
        gallery().hang(1, at -> {
            throw new AssertionError("asked again");
        });
        gallery().note(1, "too late");

        assertThat(wall().pictures()).extracting(Gallery.Picture::name).containsExactly("first");
        assertThat(wall().note()).isEmpty();
    }

    @Test
    void aNoteThatWasThereFirst_staysToo() {
        gallery().hang(1, at -> {
            gallery().note(1, "no answer");
            drawn(at, "late.png");
        });

        assertThat(wall().pictures()).isEmpty();
        assertThat(wall().note()).contains("The pictures could not be drawn: no answer.");
    }

    @Test
    void whatIsNoPicture_isLeftOut_andSaid() {
        gallery().hang(1, at -> {
            drawn(at, "good.png", "-bad.png");
            Files.writeString(at.resolve("page.png"), "<script>alert(1)</script>");
            Files.writeString(at.resolve("notes"), "no picture");
            drawn(Files.createDirectory(at.resolve("folder.png")), "inside.png");
            Files.createSymbolicLink(at.resolve("link.png"), folder.resolve("nowhere"));
        });

        assertThat(wall().pictures()).extracting(Gallery.Picture::name).containsExactly("good");
        assertThat(wall().note())
                .contains("Left out, since they are no PNG files with plain names: -bad.png, folder.png, link.png,"
                        + " notes, page.png.");
    }

    @Test
    void moreThanThereIsRoomFor_isLeftOut_andSaid() {
        gallery().hang(1, at -> {
            for (int i = 10; i < 10 + Gallery.MOST + 7; i++) {
                drawn(at, i + ".png");
            }
        });

        assertThat(wall().pictures()).hasSize(Gallery.MOST);
        assertThat(wall().note())
                .contains("Left out, since a page has room for 24 pictures of 8 MiB together: 34.png, 35.png, 36.png,"
                        + " 37.png, 38.png and 2 more.");
    }

    @Test
    void bytesCountTogether() {
        gallery().hang(1, at -> {
            for (var name : new String[] {"a.png", "b.png", "c.png"}) {
                drawn(at, name);
                var bytes = Files.readAllBytes(at.resolve(name));
                Files.write(at.resolve(name), java.util.Arrays.copyOf(bytes, (int) (0.45 * Gallery.BYTES)));
            }
        });

        assertThat(wall().pictures()).extracting(Gallery.Picture::name).containsExactly("a", "b");
    }
}
