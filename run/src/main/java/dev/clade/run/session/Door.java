package dev.clade.run.session;

import dev.clade.fault.Fault;
import dev.clade.run.session.Message.Hello;
import dev.clade.run.session.Message.Refusal;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a program connects: a Unix socket that only this user can reach, and a token. Used by one thread; any may
/// close it.
final class Door implements AutoCloseable {

    /// The longest path of a socket that every system takes [bytes].
    static final int LONGEST_PATH = 103;

    private static final String NAME = "s";
    private static final long LOOK_AGAIN = 20;

    private final ServerSocketChannel server;
    private final Selector selector;
    private final Path path;
    private final String token;
    private final Optional<Path> own;

    /// A connection, and what came first on it.
    record Admitted(Line line, Hello hello) {}

    private Door(Path path, String token, Optional<Path> own) throws IOException {
        this.path = path;
        this.token = token;
        this.own = own;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        this.selector = Selector.open();
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// In a new folder of its own, which goes with it.
    static Door ofItsOwn(String token) throws IOException {
        var folder = folder();
        return new Door(folder.resolve(NAME), token, Optional.of(folder));
    }

    private static Path folder() throws IOException {
        var access = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var folder = Files.createTempDirectory("clade", access);
        if (length(folder.resolve(NAME)) <= LONGEST_PATH) {
            return folder;
        }
        Files.delete(folder);
        return Files.createTempDirectory(Path.of("/tmp"), "clade", access);
    }

    /// At a path that others know.
    static Door at(Path path, String token) throws IOException {
        return new Door(path, token, Optional.empty());
    }

    static int length(Path path) {
        return path.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8).length;
    }

    Path path() {
        return path;
    }

    String token() {
        return token;
    }

    /// Something that is looked at again and again while nobody has come.
    @FunctionalInterface
    interface Look {
        void now() throws IOException;
    }

    /// Waits for somebody who says hello with the token. Who has another is told so, and sent away.
    ///
    /// @throws Fault where what comes is no hello
    Admitted admit(Look look) throws IOException {
        var waiting = new ArrayList<Line>();
        try {
            while (true) {
                accept(waiting);
                for (var line : List.copyOf(waiting)) {
                    var hello = hello(line, waiting);
                    if (hello.isPresent()) {
                        waiting.remove(line);
                        return new Admitted(line, hello.get());
                    }
                }
                look.now();
            }
        } finally {
            waiting.forEach(Line::close);
        }
    }

    private void accept(List<Line> waiting) throws IOException {
        try {
            selector.select(waiting.isEmpty() ? LOOK_AGAIN : 1);
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            throw new IOException("the door is closed", e);
        }
        if (!server.isOpen()) {
            throw new ClosedChannelException();
        }
        for (var channel = server.accept(); channel != null; channel = server.accept()) {
            waiting.add(new Line(channel));
        }
    }

    private Optional<Hello> hello(Line line, List<Line> waiting) throws IOException {
        try {
            var first = line.next(0);
            if (first.isEmpty()) {
                return Optional.empty();
            }
            if (!(first.get() instanceof Hello hello)) {
                throw Breach.unasked(first.get().toString(), "a hello first");
            }
            if (right(hello.token())) {
                return Optional.of(hello);
            }
            line.sayIfPossible(Codec.write(refusal(Breach.token())));
        } catch (Fault fault) {
            line.sayIfPossible(Codec.write(refusal(fault)));
            throw fault;
        } catch (IOException e) {
            // it has gone away again: who it was is not known, so that it is nobody's failure
        }
        line.close();
        waiting.remove(line);
        return Optional.empty();
    }

    private boolean right(String said) {
        return MessageDigest.isEqual(said.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /// A fault, as the program is told.
    static Refusal refusal(Fault fault) {
        return new Refusal(fault.code(), fault.what(), fault.found(), fault.expected(), fault.mend());
    }

    @Override
    public void close() {
        try {
            server.close();
            selector.close();
            Files.deleteIfExists(path);
            if (own.isPresent()) {
                Files.deleteIfExists(own.get());
            }
        } catch (IOException e) {
            // nobody hears there any more; what is left is an empty folder
        }
    }
}
