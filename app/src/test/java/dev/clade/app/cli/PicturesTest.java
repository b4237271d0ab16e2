package dev.clade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a trainer draws is in the page.
class PicturesTest {

    private static final String FILE = """
            name: painter
            metric: score
            population: 3
            budget: {steps: 4}
            ready: {every: 2}
            parameters: {x: {uniform: [0, 1]}}
            trainer: {java: "dev.clade.app.cli.PicturesTest$Painter"}
            """;

    @TempDir
    private Path folder = Path.of("");

    /// Draws one red square.
    public static final class Painter implements Trainer {

        private Hyperparameters values = Hyperparameters.NONE;

        @Override
        public Hyperparameters begin(Start start) {
            values = start.values();
            return values;
        }

        @Override
        public void train(Stretch stretch) {
            while (stretch.advance(1)) {}
        }

        @Override
        public Evaluation evaluate(long seed) {
            return Evaluation.of("score", values.real("x"));
        }

        @Override
        public void pictures(Path to, long seed) throws IOException {
            var image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
            image.setRGB(1, 2, 0xff0000);
            ImageIO.write(image, "png", to.resolve("01-red_square.png").toFile());
            Files.writeString(to.resolve("notes.txt"), "no picture");
        }

        @Override
        public void save(Path to) throws IOException {
            Files.writeString(to.resolve("x"), "nothing");
        }
    }

    private static void shown(Path page) throws IOException {
        var text = Files.readString(page);
        var png = Pattern.compile("\"name\":\"01-red_square\",\"width\":4,\"height\":4,\"png\":\"([^\"]*)\"")
                .matcher(text);
        assertThat(png.find()).isTrue();
        var image = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(png.group(1))));
        assertThat(image.getRGB(1, 2) & 0xffffff).isEqualTo(0xff0000);
        assertThat(text).contains("Left out, since they are no PNG files with plain names: notes.txt.");
    }

    @Test
    void thePageOfARun_hasThem_andThatOfReportToo() throws IOException {
        var results = folder.resolve("results");
        var said = Said.run(folder, FILE, "--to", results.toString());

        assertThat(said.status()).as(said.err()).isZero();
        assertThat(said.out()).contains("report.html (for any browser, with 1 picture of the winner)");
        shown(results.resolve("report.html"));
        var again = folder.resolve("again.html");
        Said.by("report", "painter", "--to", again.toString(), "--store", Said.store(folder));
        shown(again);
    }
}
