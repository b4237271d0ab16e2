package dev.clade.run.session;

import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.trainer.Capability;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import dev.clade.trainer.Trainers;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// `trainer: {attach: PATH}`: a program that somebody else has started, such as a notebook, connects to the socket at
/// this
/// path. It is the only slot there is. The token is in Clade's own environment, as `CLADE_ATTACH_TOKEN`.
public final class AttachTrainers implements Trainers {

    private static final String WORD = "attach";
    private static final String TOKEN = "CLADE_ATTACH_TOKEN";

    private final Map<String, String> environment;

    public AttachTrainers() {
        this(System.getenv());
    }

    AttachTrainers(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(List.of("PATH"));
    }

    /// @throws Fault 1420: it must be known for which experiment
    @Override
    public Trainer.Factory read(Setting.Mapping settings, Path folder) {
        throw SessionTrainers.unknownExperiment(settings);
    }

    @Override
    public Trainer.Factory read(Setting.Mapping settings, Path folder, Setting.Mapping experiment) {
        var fields = Fields.of(settings, "the trainer 'attach'");
        var where = fields.need(WORD);
        var claim = Claim.read(fields);
        fields.end();
        var specification = Specification.read(experiment);
        var terms = Terms.of(specification);
        SessionTrainers.alike(claim, terms, settings);
        if (!specification.slots().equals(Optional.of(1))) {
            throw new Fault(
                    1427,
                    where.place() + " one program connects, and there is one slot for it.",
                    specification.slots().map(s -> "slots: " + s).orElse("no 'slots'") + ".",
                    "slots: 1.",
                    "write 'slots: 1'.");
        }
        return new Waiting(terms, claim, path(where, folder), token(where));
    }

    private static Path path(Setting where, Path folder) {
        var path = folder.resolve(where.asText()).toAbsolutePath().normalize();
        var parent = path.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new Fault(
                    1425,
                    where.place() + " there is no folder for the socket.",
                    path + ".",
                    "a path in a folder that exists.",
                    "make the folder; only you should be able to enter it.");
        }
        if (Door.length(path) > Door.LONGEST_PATH) {
            throw new Fault(
                    1426,
                    where.place() + " the path is too long for a socket.",
                    Door.length(path) + " bytes: " + path + ".",
                    "at most " + Door.LONGEST_PATH + " bytes.",
                    "choose a shorter folder, such as one in /tmp.");
        }
        return path;
    }

    private String token(Setting where) {
        return Optional.ofNullable(environment.get(TOKEN))
                .filter(token -> !token.isBlank())
                .orElseThrow(() -> new Fault(
                        1428,
                        where.place() + " there is no token for the program that connects.",
                        "no " + TOKEN + " in the environment.",
                        "32 hexadecimal digits that the program knows, too.",
                        "set " + TOKEN + " for both of them."));
    }

    /// The one trainer that there is.
    private record Waiting(Terms terms, Claim claim, Path path, String token) implements Trainer.Factory {

        @Override
        public Set<Capability> capabilities() {
            return claim.capabilities();
        }

        @Override
        public Trainer create(Place place) throws IOException {
            return new Solo(session(place, 1));
        }

        @Override
        public Lanes lanes(Place place) throws IOException {
            return session(place, claim.lanes());
        }

        private Session session(Place place, int width) throws IOException {
            free();
            return new Session(terms, claim, new Awaited(Door.at(path, token)), place.slot(), width);
        }

        /// What was left behind by somebody who is gone is in nobody's way.
        private void free() throws IOException {
            if (!Files.exists(path)) {
                return;
            }
            if (Files.isRegularFile(path) || Files.isDirectory(path)) {
                throw taken("a file, or a folder.");
            }
            if (heard()) {
                throw taken("somebody listens there.");
            }
            Files.delete(path);
        }

        private boolean heard() {
            try (var other = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                return other.isConnected();
            } catch (IOException nobodyListens) {
                return false;
            }
        }

        private Fault taken(String found) {
            return new Fault(
                    3510,
                    "the path of the socket is taken: " + path + ".",
                    found,
                    "no file, or a socket that nobody listens to.",
                    "end the other Clade, or write another path after 'attach'.");
        }
    }
}
