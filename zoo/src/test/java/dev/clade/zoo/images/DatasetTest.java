package dev.clade.zoo.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.zoo.digits.Synthetic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {

    @TempDir
    Path folder;

    @Test
    void folder_ofOpticalDigits_isKnownByThem() throws IOException {
        var data = Dataset.read(Synthetic.written(folder, 20, 7), Optional.empty(), "gan");
        assertThat(data.training().shape()).isEqualTo(new Shape(1, 8, 8));
        assertThat(data.training().count()).isEqualTo(20);
        assertThat(data.test().count()).isEqualTo(7);
        assertThat(data.training().classOf(13)).isEqualTo(3);
    }

    @Test
    void folder_ofNothing_saysWhatCouldBeThere() {
        assertThatThrownBy(() -> Dataset.read(folder, Optional.empty(), "gan"))
                .hasMessageStartingWith("CLADE-3320 the trainer 'gan' has no images.  Found: none of their files in "
                        + folder + ".  Expected: optdigits.tra (digits), train-images-idx3-ubyte (idx),"
                        + " data_batch_1.bin (cifar10).  Mend: get one of: https://archive.ics.uci.edu/dataset/80");
    }

    @Test
    void folder_ofTwoKinds_asksWhich() throws IOException {
        Synthetic.written(folder, 20, 7);
        Files.write(folder.resolve("data_batch_1.bin"), new byte[3073]);
        assertThatThrownBy(() -> Dataset.read(folder, Optional.empty(), "gan"))
                .hasMessage("CLADE-3322 it is not clear which images of " + folder + " are meant.  Found:"
                        + " optdigits.tra and data_batch_1.bin.  Expected: one data set, or the word for it.  Mend:"
                        + " write 'images: digits' (of digits, idx, cifar10).");
        assertThat(Dataset.read(folder, Optional.of(Kind.DIGITS), "gan").test().count())
                .isEqualTo(7);
    }

    @Test
    void opticalDigits_absent_nameTheTrainer() {
        assertThatThrownBy(() -> Dataset.read(folder, Optional.of(Kind.DIGITS), "gan"))
                .hasMessageStartingWith("CLADE-3303 the trainer 'gan' has no data.")
                .hasMessageEndingWith("trainer: {zoo: gan, data: FOLDER}.");
    }
}
