package dev.clade.zoo.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.zoo.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataTest {

    private static final String BLANK = "0,".repeat(64);

    @TempDir
    Path folder;

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("optdigits.tra"), List.of(lines));
    }

    @Test
    void images_ofAFile_areScaledAndInOrder() throws IOException {
        var images = Images.read(file("16,8," + "0,".repeat(62) + "7", BLANK + "3"));
        assertThat(images.count()).isEqualTo(2);
        try (var _ = Scope.still()) {
            var pixels = images.pixels();
            assertThat(pixels.shape()).containsExactly(2L, 1L, 8L, 8L);
            assertThat(Arrays.copyOf(pixels.floats(), 3)).containsExactly(1, 0, -1);
            assertThat(images.classes().longs()).containsExactly(7, 3);
            assertThat(images.picked(new int[] {9, 1, 0}, 1, 3).classes().longs())
                    .containsExactly(3, 7);
            assertThat(images.part(1, 2).classes().longs()).containsExactly(3);
        }
    }

    @Test
    void images_ofAFileWithWindowsLineEndsAndAnEmptyLastLine_areRead() throws IOException {
        var path = Files.writeString(folder.resolve("x"), BLANK + "1\r\n" + BLANK + "2\r\n\n");
        assertThat(Images.read(path).count()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0,0,1; 0,0,1.",
                "17,ROW,1; 17 as number 1.",
                "0,ROW,10; class 10.",
                "0,ROW; 0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,....",
                "-1,ROW,1; -1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0....",
                "0.5,ROW,1; 0.5,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,....",
                "999,ROW,1; 999,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,....",
                "x; x."
            })
    void images_ofAMalformedLine_nameFileAndLine(String line, String found) throws IOException {
        var path = file(BLANK + "1", line.replace("ROW", "0,".repeat(62) + "0"), BLANK + "2");
        assertThatThrownBy(() -> Images.read(path))
                .hasMessage("CLADE-3304 " + path + ":2 is no image.  Found: " + found + "  Expected: 64"
                        + " whole numbers from 0 to 16 and a class from 0 to 9, separated by commas.  Mend:"
                        + " get the file again from https://archive.ics.uci.edu/dataset/80.");
    }

    @Test
    void images_ofAnEmptyLineInTheMiddle_nameTheLine() throws IOException {
        var path = file(BLANK + "1", "", BLANK + "2");
        assertThatThrownBy(() -> Images.read(path)).hasMessageContaining(":2 is no image.  Found: an empty line.");
    }

    @Test
    void data_absent_saysHowToGetIt() {
        var file = folder.resolve("optdigits.tra");
        assertThatThrownBy(() -> Data.read(folder, 0.2))
                .hasMessage("CLADE-3303 the trainer 'digits' has no data.  Found: no file " + file + ". "
                        + " Expected: optdigits.tra and optdigits.tes of \"Optical Recognition of"
                        + " Handwritten Digits\".  Mend: get both from https://archive.ics.uci.edu/dataset/80"
                        + " (optical+recognition+of+handwritten+digits.zip, CC BY 4.0) and put them into"
                        + " that folder, or name theirs: trainer: {zoo: digits, data: FOLDER}.");
    }

    @Test
    void data_withoutTestFile_namesIt() throws IOException {
        Files.delete(Synthetic.written(folder, 100, 1).resolve("optdigits.tes"));
        assertThatThrownBy(() -> Data.read(folder, 0.2))
                .hasMessageContaining("Found: no file " + folder.resolve("optdigits.tes") + ".");
    }

    @Test
    void data_ofTooFewImages_saysHowMany() throws IOException {
        Synthetic.written(folder, 49, 1);
        assertThatThrownBy(() -> Data.read(folder, 0.2))
                .hasMessage(
                        "CLADE-3304 " + folder.resolve("optdigits.tra") + " is too short.  Found: 49 images, 0 of them"
                                + " held out.  Expected: 10 to hold out and"
                                + " one to train on.  Mend: get the file again"
                                + " from"
                                + " https://archive.ics.uci.edu/dataset/80, or"
                                + " set 'validation'.");
    }

    @Test
    void data_split_isAlwaysTheSameAndDisjoint() throws IOException {
        Synthetic.written(folder, 109, 13);
        var data = Data.read(folder, 0.2);
        assertThat(data.training().count()).isEqualTo(89);
        assertThat(data.validation().count()).isEqualTo(20);
        assertThat(data.test().count()).isEqualTo(13);
        try (var _ = Scope.still()) {
            var again = Data.read(folder, 0.2);
            assertThat(again.validation().pixels().floats())
                    .isEqualTo(data.validation().pixels().floats());
            var all = new ArrayList<>(rows(data.training()));
            all.addAll(rows(data.validation()));
            assertThat(all).hasSize(109).doesNotHaveDuplicates();
        }
    }

    /// The split of a real file must not move under results that were published: its first places, for good.
    @Test
    void data_split_isThisOne() {
        assertThat(Arrays.copyOf(Data.order(3823), 5)).containsExactly(3372, 1646, 2873, 388, 2240);
    }

    private static List<List<Float>> rows(Images images) {
        var pixels = images.pixels().floats();
        return IntStream.range(0, images.count())
                .mapToObj(i -> IntStream.range(0, Images.PIXELS)
                        .mapToObj(p -> pixels[i * Images.PIXELS + p])
                        .toList())
                .toList();
    }
}
