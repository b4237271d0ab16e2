package dev.clade.zoo.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.zoo.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {

    private static final int RECORD = 3073;

    @TempDir
    Path folder;

    /// Records of growing class; red is 0, green 255, blue 51.
    private static byte[] records(int count, int first) {
        var bytes = new byte[count * RECORD];
        for (int i = 0; i < count; i++) {
            bytes[i * RECORD] = (byte) (first + i);
            for (int pixel = 0; pixel < 1024; pixel++) {
                bytes[i * RECORD + 1 + 1024 + pixel] = (byte) 255;
                bytes[i * RECORD + 1 + 2048 + pixel] = 51;
            }
        }
        return bytes;
    }

    private void written() throws IOException {
        for (int i = 1; i <= 5; i++) {
            Files.write(folder.resolve("data_batch_" + i + ".bin"), records(2, i));
        }
        Files.write(folder.resolve("test_batch.bin"), records(3, 7));
    }

    @Test
    void batches_asPublished_areReadInOrder() throws IOException {
        written();
        var data = Dataset.read(folder, Optional.empty(), "gan");
        assertThat(data.training().count()).isEqualTo(10);
        assertThat(data.training().classOf(0)).isEqualTo(1);
        assertThat(data.training().classOf(9)).isEqualTo(6);
        assertThat(data.test().count()).isEqualTo(3);
        assertThat(data.test().classes()).isEqualTo(10);
        try (var _ = Scope.still()) {
            var image = data.test().tensor(2);
            assertThat(image.shape()).containsExactly(1L, 3L, 32L, 32L);
            var values = image.floats();
            assertThat(values[1023]).isEqualTo(-1);
            assertThat(values[1024]).isEqualTo(1);
            assertThat(values[3071]).isCloseTo(-0.6f, org.assertj.core.api.Assertions.within(1e-6f));
            assertThat(data.test().classes(2, 0).longs()).containsExactly(9, 7);
        }
    }

    @Test
    void batch_thatIsCutOff_saysHowLongItIs() throws IOException {
        written();
        Files.write(folder.resolve("data_batch_3.bin"), new byte[3000]);
        assertThatThrownBy(() -> Dataset.read(folder, Optional.empty(), "gan"))
                .hasMessage("CLADE-3321 " + folder.resolve("data_batch_3.bin")
                        + " is not what its name says.  Found: 3000 bytes.  Expected: records of 3073 bytes each. "
                        + " Mend: get it again from https://www.cs.toronto.edu/~kriz/cifar.html (CIFAR-10 binary"
                        + " version).");
    }

    @Test
    void batch_withAClassBeyondNine_namesTheRecord() throws IOException {
        written();
        Files.write(folder.resolve("test_batch.bin"), records(4, 7));
        assertThatThrownBy(() -> Dataset.read(folder, Optional.empty(), "gan"))
                .hasMessageContaining("Found: class 10 in record 4.  Expected: classes from 0 to 9.");
    }

    @Test
    void batch_thatIsAbsent_isNamed() throws IOException {
        written();
        Files.delete(folder.resolve("data_batch_5.bin"));
        assertThatThrownBy(() -> Dataset.read(folder, Optional.empty(), "gan"))
                .hasMessageStartingWith("CLADE-3320 a file of images is absent.  Found: no file "
                        + folder.resolve("data_batch_5.bin") + ".");
    }
}
