package dev.clade.toys.pole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.random.Randomness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

    @TempDir
    Path folder;

    private final Agent agent = new Agent();
    private Path file;

    @BeforeEach
    void write() throws IOException {
        agent.draw(Randomness.keyed(1, 0, 0));
        new Practice(Randomness.keyed(2, 0, 0)).update(agent, Recipe.DEFAULT);
        Checkpoint.write(agent, folder);
        file = folder.resolve(Checkpoint.FILE);
    }

    @Test
    void read_whatWasWritten_isTheSameAgent() throws IOException {
        var other = new Agent();
        Checkpoint.read(other, folder);
        assertThat(other.steps()).isEqualTo(agent.steps()).isPositive();
        assertThat(other.vectors()).usingRecursiveComparison().isEqualTo(agent.vectors());
    }

    @Test
    void read_aMissingFile_saysWhichAndHowToMendIt() throws IOException {
        Files.delete(file);
        assertThatThrownBy(() -> Checkpoint.read(new Agent(), folder)).hasMessage(message("no such file.", "a file."));
    }

    @Test
    void read_aTruncatedFile_saysHowLongItShouldBe() throws IOException {
        int length = (int) Files.size(file);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));
        assertThatThrownBy(() -> Checkpoint.read(new Agent(), folder))
                .hasMessage(message("1000 bytes.", length + " bytes."));
    }

    @Test
    void read_anEmptyFile_saysHowLongItShouldBe() throws IOException {
        int length = (int) Files.size(file);
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> Checkpoint.read(new Agent(), folder))
                .hasMessage(message("0 bytes.", length + " bytes."));
    }

    @Test
    void read_aChangedByte_saysThatTheChecksumIsAnother() throws IOException {
        var before = agent.vectors().stream().map(double[]::clone).toList();
        flip(500);
        assertThatThrownBy(() -> Checkpoint.read(agent, folder)).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.code()).isEqualTo(3201);
            assertThat(fault.what()).isEqualTo("the checkpoint '" + file + "' cannot be read.");
            assertThat(fault.found()).matches("checksum [0-9a-f]{8}\\.");
            assertThat(fault.expected()).matches("[0-9a-f]{8}, as it was written\\.");
        });
        assertThat(agent.vectors()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void read_anotherKindOfFile_saysWhatItBeginsWith() throws IOException {
        Files.writeString(file, "this is a file of another program, long enough");
        assertThatThrownBy(() -> Checkpoint.read(new Agent(), folder))
                .hasMessage(message("a file that begins 0x73696874.", "0x454C4F50."));
    }

    @Test
    void read_anotherVersion_namesBoth() throws IOException {
        flip(5);
        assertThatThrownBy(() -> Checkpoint.read(new Agent(), folder))
                .hasMessage(message("version 257.", "version 1."));
    }

    private void flip(int at) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private String message(String found, String expected) {
        return "CLADE-3201 the checkpoint '" + file + "' cannot be read.  Found: " + found + "  Expected: " + expected
                + "  Mend: restore the file, or go on from another checkpoint.";
    }
}
