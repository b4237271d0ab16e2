package dev.clade.zoo.translation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.random.Philox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelTextTest {

    @TempDir
    Path folder;

    private Path file(String name, String text, Charset charset) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(charset));
    }

    private Path packed(String name, String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private ParallelText read() throws IOException {
        return ParallelText.read(folder, "train", "en", "de");
    }

    @Test
    void read_plainAndPacked_areAligned() throws IOException {
        file("train.en", "A man.\r\n A \u201Cdog\u201D .", UTF_8);
        packed("train.de.gz", "Ein Mann.\nEin Hund\u2026\n");
        assertThat(read()).satisfies(text -> {
            assertThat(text.sources()).containsExactly("A man.", "A \u201Cdog\u201D .");
            assertThat(text.targets()).containsExactly("Ein Mann.", "Ein Hund\u2026");
            assertThat(text.first(1).size()).isEqualTo(1);
            assertThat(text.first(9).size()).isEqualTo(2);
        });
    }

    @Test
    void read_linesOfOtherSeparators_areOne() throws IOException {
        file("train.en", "one\u2028line\u0085still\n", UTF_8);
        file("train.de", "eine\n", UTF_8);
        assertThat(read().size()).isEqualTo(1);
    }

    @Test
    void read_ofNothing_saysHowToGetIt() throws IOException {
        file("train.en", "A man.\n", UTF_8);
        assertThatThrownBy(this::read)
                .hasMessage("CLADE-3340 the trainer 'translation' has no data.  Found: no file "
                        + folder.resolve("train.de") + " or " + folder.resolve("train.de.gz")
                        + ".  Expected: parallel text, one sentence a line: train.en, train.de, val.en, val.de and a"
                        + " test set, or other languages that 'source' and 'target' name.  Mend: get Multi30k, task 1,"
                        + " from https://github.com/multi30k/dataset (data/task1/raw) and put its files into that"
                        + " folder, or name yours: trainer: {zoo: translation, data: FOLDER}.");
    }

    @Test
    void read_ofOtherLineCounts_saysBoth() throws IOException {
        file("train.en", "A man.\nA dog.\nA cat.\n", UTF_8);
        file("train.de", "Ein Mann.\nEin Hund.\n", UTF_8);
        assertThatThrownBy(this::read)
                .hasMessageStartingWith("CLADE-3341 " + folder.resolve("train.en") + " and "
                        + folder.resolve("train.de") + " are not aligned.  Found: 3 lines and 2.")
                .hasMessageContaining("what follows line 2 of the longer");
    }

    @Test
    void read_linesThatAreNoSentence_nameFileAndLine() throws IOException {
        file("train.en", "A man.\nA dog.\n", UTF_8);
        var german = file("train.de", "Ein M\u00E4dchen.\n", ISO_8859_1);
        assertThatThrownBy(this::read)
                .hasMessageStartingWith(
                        "CLADE-3342 " + german + ":1 is no sentence.  Found: bytes that are not UTF-8.");
        file("train.de", "Ein Mann.\n \nEin Hund.\n", UTF_8);
        assertThatThrownBy(this::read)
                .hasMessageStartingWith("CLADE-3342 " + german + ":2 is no sentence.  Found: an empty line.");
    }

    @Test
    void read_aFileCutShort_isAFault() throws IOException {
        file("train.en", "A man.\n", UTF_8);
        var german = packed("train.de.gz", "Ein Mann.\n");
        Files.write(german, Arrays.copyOf(Files.readAllBytes(german), 15));
        assertThatThrownBy(this::read).hasMessageStartingWith("CLADE-3342 " + german + " is no whole gzip file.");
        Files.writeString(german, "Ein Mann.\n");
        assertThatThrownBy(this::read).hasMessageStartingWith("CLADE-3342 " + german + " is no whole gzip file.");
    }

    /// Files with a few bytes changed are read or are a fault of this text; those of seed 1.
    @Test
    void read_changedBytes_isTextOrAFault() throws IOException {
        var random = Philox.keyed(1, 0, 0, "fuzz");
        file("train.en", "A man.\nA dog.\nA cat.\n", UTF_8);
        var german = packed("train.de.gz", "Ein Mann.\nEin M\u00E4dchen.\nEine Katze.\n");
        var golden = Files.readAllBytes(german);
        int faults = 0;
        for (int i = 0; i < 500; i++) {
            var bytes = golden.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            Files.write(german, bytes);
            try {
                assertThat(read().size()).isEqualTo(3);
            } catch (Fault fault) {
                assertThat(fault.code()).isBetween(3341, 3342);
                faults++;
            }
        }
        assertThat(faults).isBetween(100, 490);
    }
}
