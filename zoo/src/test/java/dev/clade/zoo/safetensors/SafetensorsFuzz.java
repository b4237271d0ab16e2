package dev.clade.zoo.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.fault.Fault;
import dev.clade.random.Philox;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFuzz {

    private static final int FILES = 4_000;

    private static final String JSON = "0123456789{}[]\",:-e. ";

    @TempDir
    Path folder;

    /// A file with a few bytes changed is read whole or is fault 3302; nothing else is ever thrown. The same
    /// files each time: those of seed 1.
    @Test
    void open_fileWithChangedBytes_isReadOrIsAFlaw() throws IOException {
        var random = Philox.keyed(1, 0, 0, "fuzz");
        var golden = SafetensorsTest.golden();
        var path = folder.resolve("fuzz.safetensors");
        int read = 0;
        for (int i = 0; i < FILES; i++) {
            var bytes = golden.clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                int any = random.nextInt(256);
                bytes[random.nextInt(bytes.length)] =
                        (byte) (random.nextBoolean() ? any : JSON.charAt(any % JSON.length()));
            }
            Files.write(path, bytes);
            try (var file = Safetensors.open(path)) {
                file.arrays().values().forEach(array -> array.bytes().toArray(ValueLayout.JAVA_BYTE));
                read++;
            } catch (Fault flaw) {
                assertThat(flaw.code()).as(flaw.getMessage()).isEqualTo(3302);
            }
        }
        assertThat(read).isBetween(FILES / 100, FILES / 2);
    }
}
