package dev.clade.app.wire;

import dev.clade.fault.Fault;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.population.WorkerId;
import dev.clade.run.Gallery;
import dev.clade.settings.Setting;
import dev.clade.store.Store;
import dev.clade.store.folder.FolderCheckpoints;
import dev.clade.store.open.Stores;
import dev.clade.trainer.Trainer;
import dev.clade.tune.Tuner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// The experiments of a store, as the command line finds them.
public final class Experiments implements AutoCloseable {

    /// Where experiments are kept unless somebody says otherwise, below the working directory.
    public static final String DEFAULT_STORE = "sqlite:///runs/clade.db";

    private static final String FOLDER = "folder";

    private final String url;
    private final Path base;
    private final Store store;

    private Experiments(String url, Path base, Store store) {
        this.url = url;
        this.base = base;
        this.store = store;
    }

    /// An experiment in its store.
    ///
    /// @param folder its file's, for relative paths
    /// @param bytes where its checkpoints are
    public record Held(String name, Store.Opened opened, Path folder, Path bytes) implements AutoCloseable {

        public Population newest() {
            return opened.log().newest();
        }

        public Specification specification() {
            return newest().specification();
        }

        /// The folder for what its trainers' programs print on this host.
        public Path logs() {
            return beside("logs");
        }

        /// Where the pictures of its winner are kept on this host.
        public Gallery gallery() {
            return new Gallery(pictures());
        }

        private Path pictures() {
            return beside("pictures");
        }

        /// A folder of its own beside those with its checkpoints.
        private Path beside(String what) {
            var all = Objects.requireNonNull(bytes.getParent());
            return all.resolveSibling(what).resolve(Objects.requireNonNull(bytes.getFileName()));
        }

        /// Whether nothing was trained: it was simulated, and kept to be looked at.
        public boolean simulated() {
            return opened.log().after(0, 1).getFirst().event() instanceof Event.ExperimentCreated created
                    && created.simulated();
        }

        public Tuner tuner() {
            return Wiring.tuner(specification());
        }

        public Trainer.Factory trainers() {
            return Wiring.trainer(specification(), folder);
        }

        public FolderCheckpoints checkpoints(WorkerId worker) {
            return new FolderCheckpoints(bytes, worker, opened.shelf());
        }

        @Override
        public void close() {
            opened.log().close();
        }
    }

    /// The store that a command names, else the environment, else the default.
    ///
    /// @param asked a URL, relative to the working directory
    /// @throws Fault 4103 if there is none
    public static Experiments existing(Optional<String> asked) {
        return existing(url(asked, Optional.empty()), here());
    }

    /// The store of an experiment that is there, found as for a new one.
    ///
    /// @throws Fault 4103 if there is none
    public static Experiments existing(Optional<String> asked, Setting.Mapping settings, Path folder) {
        var written = written(settings);
        return existing(url(asked, written), asked.isEmpty() && written.isPresent() ? folder : here());
    }

    private static Experiments existing(String url, Path base) {
        if (!url.equals("memory:") && !Files.exists(Stores.file(url, base))) {
            throw new Fault(
                    4103,
                    "there is no store at " + Stores.file(url, base) + ".",
                    "no such file.",
                    "a store that 'clade run' has made.",
                    "go to the folder where it was run, or name its store: --store sqlite:///FILE, or CLADE_STORE.");
        }
        return new Experiments(url, base, Stores.open(url, base));
    }

    /// The store for a new experiment: the one that a command names, else its file, else the environment, else the
    /// default.
    public static Experiments forNew(Optional<String> asked, Setting.Mapping settings, Path folder) {
        var written = written(settings);
        var url = url(asked, written);
        var base = asked.isEmpty() && written.isPresent() ? folder : here();
        return new Experiments(url, base, Stores.open(url, base));
    }

    private static Optional<String> written(Setting.Mapping settings) {
        return Optional.ofNullable(settings.entries().get("store")).map(Setting::asText);
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }

    private static String url(Optional<String> asked, Optional<String> written) {
        return asked.or(() -> written)
                .or(() -> Optional.ofNullable(System.getenv("CLADE_STORE")).filter(s -> !s.isBlank()))
                .orElse(DEFAULT_STORE);
    }

    /// The URL of the store that a command finds without being told.
    public static String existingUrl() {
        var url = url(Optional.empty(), Optional.empty());
        return absolute(url, here());
    }

    private static String absolute(String url, Path base) {
        return url.equals("memory:")
                ? url
                : "sqlite:///" + Stores.file(url, base).toAbsolutePath();
    }

    /// Its URL, absolute, for another process.
    public String url() {
        return absolute(url, base);
    }

    public List<Store.Named> all() {
        return store.experiments();
    }

    /// @throws Fault 4102 if there is none of that name
    public Held named(String name) {
        return find(name).orElseThrow(() -> {
            var names = store.experiments().stream().map(Store.Named::name).toList();
            return new Fault(
                    4102,
                    "there is no experiment '" + name + "' in " + url() + ".",
                    names.isEmpty() ? "none at all." : String.join(", ", names) + ".",
                    "one of these.",
                    "'clade list' shows them; --store names another store.");
        });
    }

    public Optional<Held> find(String name) {
        return store.open(name).map(opened -> held(name, opened));
    }

    /// A new experiment. Its settings in the log have its name, whatever the file says.
    ///
    /// @param folder its file's
    /// @param version of this program
    public Held create(String name, Setting.Mapping settings, Path folder, String version) {
        return create(name, settings, folder, version, Map.of());
    }

    /// @param more of its provenance
    public Held create(String name, Setting.Mapping settings, Path folder, String version, Map<String, String> more) {
        var provenance = new TreeMap<>(more);
        provenance.put("clade", version);
        provenance.put("java", Runtime.version().toString());
        provenance.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        provenance.put("host", host());
        provenance.put(FOLDER, folder.toAbsolutePath().normalize().toString());
        var created = new Event.ExperimentCreated(
                UUID.randomUUID().toString(), settings.with("name", Setting.word(name)), provenance);
        return held(name, store.create(name, created));
    }

    /// A simulated run's history, under a name of its own.
    public Held simulated(String name, List<Entry> entries) {
        return held(name, store.imported(name, entries));
    }

    /// Removes an experiment, and what its programs have printed and drawn on this host.
    public void remove(String name) throws IOException {
        try (var held = named(name)) {
            delete(held.logs());
            delete(held.pictures());
        }
        store.remove(name);
    }

    private static void delete(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // nothing was printed, or drawn
        }
    }

    private Held held(String name, Store.Opened opened) {
        var first = opened.log().after(0, 1).getFirst();
        var created = (Event.ExperimentCreated) first.event();
        var folder = Path.of(Objects.requireNonNullElse(created.provenance().get(FOLDER), ""));
        return new Held(name, opened, folder, bytes(created, folder));
    }

    private Path bytes(Event.ExperimentCreated created, Path folder) {
        var written = created.settings().entries().get("checkpoints");
        if (written == null) {
            var file = url.equals("memory:") ? base.resolve("memory") : Stores.file(url, base);
            return file.resolveSibling("checkpoints").resolve(created.id());
        }
        return folder.resolve(written.asText().substring("file:".length())).resolve(created.id());
    }

    /// A name for this process that no other ever had.
    public static WorkerId worker() {
        return new WorkerId(ProcessHandle.current().pid() + "@" + host() + "-"
                + UUID.randomUUID().toString().substring(0, 8));
    }

    public static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
