package dev.clade.store.heap;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What [java.nio.file.Files] asks of files on the heap.
final class HeapProvider extends FileSystemProvider {

    private static final FileTime EPOCH = FileTime.fromMillis(0);

    private final HeapFiles files;

    HeapProvider(HeapFiles files) {
        this.files = files;
    }

    // ---- finding

    private Optional<Node> find(List<String> names) {
        Node node = files.top();
        for (var name : names) {
            var next = node instanceof Folder folder ? folder.entries.get(name) : null;
            if (next == null) {
                return Optional.empty();
            }
            node = next;
        }
        return Optional.of(node);
    }

    private Node node(Path path) throws NoSuchFileException {
        return find(HeapPath.of(path).names()).orElseThrow(() -> new NoSuchFileException(path.toString()));
    }

    /// The folder that a path is in, or would be.
    private Folder around(Path path) throws IOException {
        var names = HeapPath.of(path).names();
        if (names.isEmpty()) {
            throw new FileSystemException(path.toString(), null, "the root is in no folder");
        }
        if (find(names.subList(0, names.size() - 1)).orElse(null) instanceof Folder folder) {
            return folder;
        }
        throw new NoSuchFileException(path.toString());
    }

    private static String name(Path path) {
        return HeapPath.of(path).names().getLast();
    }

    // ---- files and folders

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        if (!options.contains(StandardOpenOption.WRITE) && !options.contains(StandardOpenOption.APPEND)) {
            return new HeapChannel(bytes(path), false);
        }
        var folder = around(path);
        var created = new Bytes();
        if (options.contains(StandardOpenOption.CREATE_NEW)) {
            if (folder.entries.putIfAbsent(name(path), created) != null) {
                throw new FileAlreadyExistsException(path.toString());
            }
        } else if (options.contains(StandardOpenOption.CREATE)) {
            folder.entries.putIfAbsent(name(path), created);
        }
        var bytes = bytes(path);
        if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            bytes.held = new byte[0];
        }
        return new HeapChannel(bytes, options.contains(StandardOpenOption.APPEND));
    }

    private Bytes bytes(Path path) throws IOException {
        if (node(path) instanceof Bytes bytes) {
            return bytes;
        }
        throw new FileSystemException(path.toString(), null, "a folder");
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        if (!(node(path) instanceof Folder folder)) {
            throw new NotDirectoryException(path.toString());
        }
        var inside = new ArrayList<Path>();
        for (var name : folder.entries.keySet()) {
            var one = path.resolve(name);
            if (filter.accept(one)) {
                inside.add(one);
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return inside.iterator();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
        if (around(path).entries.putIfAbsent(name(path), new Folder()) != null) {
            throw new FileAlreadyExistsException(path.toString());
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        if (node(path) instanceof Folder folder && !folder.entries.isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        around(path).entries.remove(name(path));
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) throws IOException {
        var source = node(from);
        Node copy;
        if (source instanceof Bytes bytes) {
            var same = new Bytes();
            same.held = bytes.held;
            copy = same;
        } else {
            copy = new Folder();
        }
        put(to, copy, options);
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
        var source = node(from);
        put(to, source, options);
        around(from).entries.remove(name(from));
    }

    private void put(Path to, Node node, CopyOption... options) throws IOException {
        var folder = around(to);
        if (Arrays.asList(options).contains(StandardCopyOption.REPLACE_EXISTING)) {
            folder.entries.put(name(to), node);
        } else if (folder.entries.putIfAbsent(name(to), node) != null) {
            throw new FileAlreadyExistsException(to.toString());
        }
    }

    // ---- attributes

    private record Attributes(Node node) implements BasicFileAttributes {
        @Override
        public FileTime lastModifiedTime() {
            return EPOCH;
        }

        @Override
        public FileTime lastAccessTime() {
            return EPOCH;
        }

        @Override
        public FileTime creationTime() {
            return EPOCH;
        }

        @Override
        public boolean isRegularFile() {
            return node instanceof Bytes;
        }

        @Override
        public boolean isDirectory() {
            return node instanceof Folder;
        }

        @Override
        public boolean isSymbolicLink() {
            return false;
        }

        @Override
        public boolean isOther() {
            return false;
        }

        @Override
        public long size() {
            return node instanceof Bytes bytes ? bytes.held.length : 0;
        }

        @Override
        public Object fileKey() {
            return node;
        }
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        var attributes = new Attributes(node(path));
        if (!type.isInstance(attributes)) {
            throw new UnsupportedOperationException("no " + type.getSimpleName() + " on the heap");
        }
        return type.cast(attributes);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw new UnsupportedOperationException("attributes by name on the heap");
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return null;
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException("attributes on the heap");
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        node(path);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return one.equals(other) || node(one).equals(node(other));
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    // ---- the file system

    @Override
    public String getScheme() {
        return "heap";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("files on the heap have no address");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return files;
    }

    @Override
    public Path getPath(URI uri) {
        return files.getPath(uri.getSchemeSpecificPart());
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException("the heap is no disk");
    }
}
