package dev.clade.store.heap;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/// Folders and files on the heap, behind [java.nio.file.Files]: streams, byte channels, walks, moves and
/// deletions. What needs a file of the operating system (`toFile`, `FileChannel`, memory maps, native code)
/// throws `UnsupportedOperationException`. Any thread may call; two that write one file at a time get what
/// either wrote.
public final class HeapFiles extends FileSystem {

    private final HeapProvider provider = new HeapProvider(this);
    private final Folder root = new Folder();

    public HeapFiles() {}

    /// The folder that all others are in.
    public Path root() {
        return new HeapPath(this, true, List.of());
    }

    Folder top() {
        return root;
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(root());
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public Path getPath(String first, String... more) {
        return HeapPath.parsed(this, more.length == 0 ? first : first + "/" + String.join("/", more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        throw new UnsupportedOperationException("patterns of paths on the heap");
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException("users on the heap");
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("watching folders on the heap");
    }
}
