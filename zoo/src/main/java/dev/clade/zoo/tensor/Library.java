package dev.clade.zoo.tensor;

import dev.clade.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/// The native library: libtorch 2.10.0 with OpenBLAS 0.3.31, from the platform's jars.
public final class Library {

    private Library() {}

    /// Loads the library on the first call; the first ever unpacks some 450 MB into JavaCPP's cache.
    ///
    /// @throws Fault 3301 where there is none for this platform
    public static void load() {
        Loaded.FAILURE.ifPresent(missing -> {
            throw absent(missing);
        });
    }

    private static Fault absent(LinkageError missing) {
        var said = first(missing);
        boolean cuda = said.contains("libcu") || said.contains("libnccl");
        return new Fault(
                        3301,
                        "the tensor library cannot be loaded.",
                        System.getProperty("os.name") + " on " + System.getProperty("os.arch") + ": " + said + ".",
                        cuda
                                ? "CUDA 13 and cuDNN 9, where the loader finds them: this is the library for GPUs."
                                : "the natives of org.bytedeco's javacpp, openblas and pytorch for this platform.",
                        cuda
                                ? "install both and name their folders in LD_LIBRARY_PATH, or take the library for"
                                        + " processors: unset CLADE_ZOO."
                                : "add the three artifacts with this platform's classifier (clade.platform in the root"
                                        + " pom; linux-x86_64 by default), or run where they exist.")
                .causedBy(missing);
    }

    /// What keeps the part for GPUs from being loaded: most often a library that the loader does not find, of which
    /// JavaCPP says nothing. Empty, too, where this is the library for processors, which has no such part.
    @SuppressWarnings("restricted") // it was loaded already, or is asked why not
    static Optional<String> missingForGpus() {
        load();
        var part = Path.of(Loader.load(torch.class)).resolveSibling(System.mapLibraryName("torch_cuda"));
        if (!Files.exists(part)) {
            return Optional.empty();
        }
        try {
            System.load(part.toString());
            return Optional.empty();
        } catch (LinkageError missing) {
            return Optional.of(first(missing));
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

    /// What the process has in memory [bytes], Java's heap included.
    public static long physicalBytes() {
        load();
        return Pointer.physicalBytes();
    }

    /// How many native objects live that nobody has freed. They are counted only under
    /// `-Dorg.bytedeco.javacpp.nopointergc=false`; else it is 0.
    public static long objects() {
        load();
        return Pointer.totalCount();
    }

    /// How many threads operations may use, in the whole process: 1 with a trainer for each core.
    public static void threads(int count) {
        load();
        try (var _ = new PointerScope()) { // each call of OpenBLAS's makes a pointer to its function
            torch.set_num_threads(count);
            openblas_nolapack.blas_set_num_threads(count);
        }
    }

    /// Loaded once, at the first touch; a failure is remembered.
    private static final class Loaded {

        static final Optional<LinkageError> FAILURE = load();

        private static Optional<LinkageError> load() {
            // Every pointer belongs to a scope, so the collector need not know them: half the cost of a result.
            if (System.getProperty("org.bytedeco.javacpp.nopointergc") == null) {
                System.setProperty("org.bytedeco.javacpp.nopointergc", "true");
            }
            // By default JavaCPP refuses to go on when the process is twice as large as the Java heap may be, whatever
            // the machine has.
            if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
                System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
            }
            try {
                Loader.load(torch.class);
                return Optional.empty();
            } catch (LinkageError missing) {
                return Optional.of(missing);
            }
        }
    }
}
