package dev.clade.zoo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.fault.Fault;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LibraryTest {

    /// Loads the library and prints the fault.
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            try {
                Library.load();
            } catch (Fault fault) {
                System.out.println(fault.getMessage());
            }
        }
    }

    @Test
    void load_onAPlatformWithoutNatives_saysWhatToAdd() throws IOException, InterruptedException {
        assertThat(Child.run(Program.class, "-Dorg.bytedeco.javacpp.platform=moon-riscv"))
                .singleElement()
                .asString()
                .startsWith("CLADE-3301 the tensor library cannot be loaded.  Found: " + System.getProperty("os.name")
                        + " on " + System.getProperty("os.arch") + ": ")
                .endsWith("  Expected: the natives of org.bytedeco's javacpp, openblas and pytorch for this platform."
                        + "  Mend: add the three artifacts with this platform's classifier (clade.platform in the root"
                        + " pom; linux-x86_64 by default), or run where they exist.");
    }
}
