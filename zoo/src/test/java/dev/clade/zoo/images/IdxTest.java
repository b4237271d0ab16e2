package dev.clade.zoo.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.random.Philox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxTest {

    private static final String WHERE =
            "https://github.com/zalandoresearch/fashion-mnist (Fashion-MNIST, and where" + " MNIST is).";

    @TempDir
    Path folder;

    private static byte[] file(int magic, int[] sizes, int... elements) {
        var bytes = ByteBuffer.allocate(4 + 4 * sizes.length + elements.length).putInt(magic);
        Arrays.stream(sizes).forEach(bytes::putInt);
        Arrays.stream(elements).forEach(element -> bytes.put((byte) element));
        return bytes.array();
    }

    /// Two images of 2 x 3.
    private static byte[] images() {
        return file(0x803, new int[] {2, 2, 3}, 0, 255, 51, 0, 0, 0, 1, 2, 3, 4, 5, 6);
    }

    private static byte[] classes() {
        return file(0x801, new int[] {2}, 9, 3);
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private void written(String part, byte[] images, byte[] classes, String end) throws IOException {
        Files.write(folder.resolve(part + "-images-idx3-ubyte" + end), images);
        Files.write(folder.resolve(part + "-labels-idx1-ubyte" + end), classes);
    }

    @ParameterizedTest
    @CsvSource({"''", ".gz"})
    void files_asPublished_areRead(String end) throws IOException {
        for (var part : new String[] {"train", "t10k"}) {
            written(
                    part,
                    end.isEmpty() ? images() : compressed(images()),
                    end.isEmpty() ? classes() : compressed(classes()),
                    end);
        }
        var data = Dataset.read(folder, Optional.empty(), "gan");
        assertThat(data.training().shape()).isEqualTo(new Shape(1, 2, 3));
        assertThat(data.training().count()).isEqualTo(2);
        assertThat(data.training().classes()).isEqualTo(10);
        assertThat(data.test().classOf(1)).isEqualTo(3);
        var pixels = new float[6];
        data.training().copy(0, pixels, 0);
        assertThat(pixels[0]).isEqualTo(-1);
        assertThat(pixels[1]).isEqualTo(1);
        assertThat(pixels[2]).isCloseTo(-0.6f, org.assertj.core.api.Assertions.within(1e-6f));
    }

    @Test
    void file_withADotInItsName_isFound() throws IOException {
        written("train", images(), classes(), "");
        Files.move(folder.resolve("train-images-idx3-ubyte"), folder.resolve("train-images.idx3-ubyte"));
        assertThat(Idx.read(folder, "train").count()).isEqualTo(2);
    }

    @Test
    void file_ofAnotherKind_saysWhatItBeginsWith() throws IOException {
        written("train", classes(), classes(), "");
        assertThatThrownBy(() -> Idx.read(folder, "train"))
                .hasMessage("CLADE-3321 " + folder.resolve("train-images-idx3-ubyte")
                        + " is not what its name says.  Found: 0x00000801 in its first four bytes.  Expected:"
                        + " 0x00000803: bytes in 3 dimensions.  Mend: get it again from " + WHERE);
    }

    @Test
    void file_thatIsCutOff_saysWhereItEnds() throws IOException {
        written("train", Arrays.copyOf(images(), 20), classes(), "");
        assertThatThrownBy(() -> Idx.read(folder, "train"))
                .hasMessageContaining("Found: 4 bytes behind its head.  Expected: 12, as its head says.");
        written("train", Arrays.copyOf(images(), 9), classes(), "");
        assertThatThrownBy(() -> Idx.read(folder, "train"))
                .hasMessageContaining("Found: its end within its sizes.  Expected: a whole file.");
        written("train", new byte[0], classes(), "");
        assertThatThrownBy(() -> Idx.read(folder, "train")).hasMessageContaining("its end within its first four bytes");
    }

    @Test
    void file_thatIsTooLong_isRefused() throws IOException {
        written("train", Arrays.copyOf(images(), 29), classes(), "");
        assertThatThrownBy(() -> Idx.read(folder, "train"))
                .hasMessageContaining("Found: more than 12 bytes behind its head.");
    }

    @Test
    void compressedFile_thatIsCutOffOrNone_isRefused() throws IOException {
        var whole = compressed(images());
        written("train", Arrays.copyOf(whole, whole.length - 9), compressed(classes()), ".gz");
        assertThatThrownBy(() -> Idx.read(folder, "train"))
                .hasMessageStartingWith("CLADE-3321 ")
                .hasMessageContaining("a compressed stream that is cut off or broken");
        written("train", images(), classes(), ".gz");
        assertThatThrownBy(() -> Idx.read(folder, "train"))
                .hasMessageContaining("a compressed stream that is cut off or broken (Not in GZIP format)");
    }

    @Test
    void files_ofDifferentCounts_nameBoth() throws IOException {
        written("train", images(), file(0x801, new int[] {3}, 1, 2, 3), "");
        assertThatThrownBy(() -> Idx.read(folder, "train"))
                .hasMessageContaining(folder.resolve("train-labels-idx1-ubyte") + " is not what its name says.")
                .hasMessageContaining(
                        "Found: 3 classes.  Expected: one for each of 2 images in" + " train-images-idx3-ubyte.");
    }

    @Test
    void file_ofHugeSizes_isRefusedBeforeMemoryIsTaken() throws IOException {
        written("train", file(0x803, new int[] {60_000, 1 << 20, 1 << 20}), classes(), "");
        assertThatThrownBy(() -> Idx.read(folder, "train"))
                .hasMessageContaining("Found: a size of 1048576.  Expected: sizes that fit into memory.");
        written("train", file(0x803, new int[] {-1, 2, 2}), classes(), "");
        assertThatThrownBy(() -> Idx.read(folder, "train")).hasMessageContaining("Found: a size of 4294967295.");
    }

    @Test
    void file_thatIsAbsent_saysHowToGetIt() throws IOException {
        written("train", images(), classes(), "");
        assertThatThrownBy(() -> Dataset.read(folder, Optional.of(Kind.IDX), "gan"))
                .hasMessage("CLADE-3320 a file of images is absent.  Found: no t10k-images-idx3-ubyte in " + folder
                        + ".  Expected: images and labels of train and of t10k, each as it is or with .gz.  Mend:"
                        + " get all four from " + WHERE);
    }

    @Test
    void garbage_isAFaultOrImages_andNothingElse() throws IOException {
        var random = Philox.keyed(1, 0, 0, "garbage");
        for (int i = 0; i < 500; i++) {
            var garbage = images();
            for (int j = 0; j < 3; j++) {
                garbage[random.nextInt(16)] = (byte) random.nextInt(256);
            }
            written("train", Arrays.copyOf(garbage, random.nextInt(garbage.length + 2)), classes(), "");
            try {
                assertThat(Idx.read(folder, "train").count()).isEqualTo(2);
            } catch (Fault fault) {
                assertThat(fault).hasMessageStartingWith("CLADE-3321 ");
            }
        }
    }
}
