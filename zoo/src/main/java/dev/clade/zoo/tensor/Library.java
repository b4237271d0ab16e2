package dev.clade.zoo.tensor;

import dev.clade.fault.Fault;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/// The native library: libtorch 2.10.0 with OpenBLAS 0.3.31, from the platform's jars.
public final class Library {

    private Library() {}

    /// Loads the library on the first call; the first ever unpacks some 450 MB into JavaCPP's cache.
    ///
    /// @throws Fault 3301 where there is none for this platform
    public static void load() {
        try {
            Loaded.touch();
        } catch (LinkageError missing) {
            throw new Fault(
                            3301,
                            "the tensor library cannot be loaded.",
                            System.getProperty("os.name") + " on " + System.getProperty("os.arch") + ": "
                                    + first(missing) + ".",
                            "the natives of org.bytedeco's javacpp, openblas and pytorch for this platform.",
                            "add the three artifacts with this platform's classifier (clade.platform in the root pom;"
                                    + " linux-x86_64 by default), or run where they exist.")
                    .causedBy(missing);
        }
    }

    /// What the library said, from the innermost cause, on one line.
    private static String first(Throwable thrown) {
        var at = thrown;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return String.valueOf(at.getMessage()).lines().findFirst().orElse("") + " ("
                + at.getClass().getSimpleName() + ")";
    }

    /// How many threads operations may use, in the whole process: 1 with a trainer for each core.
    public static void threads(int count) {
        load();
        torch.set_num_threads(count);
        openblas_nolapack.blas_set_num_threads(count);
    }

    /// Loaded once, at the first touch.
    private static final class Loaded {
        static {
            // Every pointer belongs to a scope, so the collector need not know them: half the cost of a result.
            if (System.getProperty("org.bytedeco.javacpp.nopointergc") == null) {
                System.setProperty("org.bytedeco.javacpp.nopointergc", "true");
            }
            // By default JavaCPP refuses to go on when the process is twice as large as the Java heap may be, whatever
            // the machine has.
            if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
                System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
            }
            Loader.load(torch.class);
        }

        static void touch() {}
    }
}
