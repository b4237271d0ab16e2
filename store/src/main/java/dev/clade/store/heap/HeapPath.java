package dev.clade.store.heap;

import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A path on the heap: names from the root, or from nowhere in particular.
final class HeapPath implements Path {

    private final HeapFiles files;
    private final boolean absolute;
    private final List<String> names;

    HeapPath(HeapFiles files, boolean absolute, List<String> names) {
        this.files = files;
        this.absolute = absolute;
        this.names = names;
    }

    static HeapPath parsed(HeapFiles files, String text) {
        var names = Arrays.stream(text.split("/")).filter(n -> !n.isEmpty()).toList();
        return new HeapPath(files, text.startsWith("/"), names);
    }

    /// A path of this file system.
    static HeapPath of(Path path) {
        if (path instanceof HeapPath heap) {
            return heap;
        }
        throw new ProviderMismatchException("no path on the heap: " + path);
    }

    List<String> names() {
        return names;
    }

    private HeapPath with(boolean fromRoot, List<String> others) {
        return new HeapPath(files, fromRoot, List.copyOf(others));
    }

    private static boolean same(HeapFiles one, HeapFiles other) {
        return Objects.equals(one, other);
    }

    @Override
    public HeapFiles getFileSystem() {
        return files;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public @Nullable Path getRoot() {
        return absolute ? files.root() : null;
    }

    @Override
    public @Nullable Path getFileName() {
        return names.isEmpty() ? null : with(false, List.of(names.getLast()));
    }

    @Override
    public @Nullable Path getParent() {
        if (names.isEmpty()) {
            return null;
        }
        return names.size() > 1 || absolute ? with(absolute, names.subList(0, names.size() - 1)) : null;
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return subpath(index, index + 1);
    }

    @Override
    public Path subpath(int from, int to) {
        if (from < 0 || from >= to || to > names.size()) {
            throw new IllegalArgumentException("names " + from + " to " + to + " of " + this);
        }
        return with(false, names.subList(from, to));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof HeapPath o
                && same(files, o.files)
                && absolute == o.absolute
                && names.size() >= o.names.size()
                && names.subList(0, o.names.size()).equals(o.names);
    }

    @Override
    public boolean endsWith(Path other) {
        return other instanceof HeapPath o
                && same(files, o.files)
                && (o.absolute
                        ? equals(o)
                        : names.size() >= o.names.size()
                                && names.subList(names.size() - o.names.size(), names.size())
                                        .equals(o.names));
    }

    @Override
    public Path normalize() {
        var kept = new ArrayList<String>();
        for (var name : names) {
            if (name.equals("..") && !kept.isEmpty() && !kept.getLast().equals("..")) {
                kept.removeLast();
            } else if (!name.equals(".") && !(name.equals("..") && absolute)) {
                kept.add(name);
            }
        }
        return with(absolute, kept);
    }

    @Override
    public Path resolve(Path other) {
        var o = of(other);
        if (o.absolute || names.isEmpty()) {
            return o.absolute ? o : with(absolute, o.names);
        }
        var all = new ArrayList<>(names);
        all.addAll(o.names);
        return with(absolute, all);
    }

    @Override
    public Path resolve(String other) {
        return resolve(parsed(files, other));
    }

    @Override
    public Path relativize(Path other) {
        var o = of(other);
        if (o.absolute != absolute) {
            throw new IllegalArgumentException("no way from " + this + " to " + other);
        }
        int common = 0;
        while (common < Math.min(names.size(), o.names.size())
                && names.get(common).equals(o.names.get(common))) {
            common++;
        }
        var way = new ArrayList<String>();
        for (int i = common; i < names.size(); i++) {
            way.add("..");
        }
        way.addAll(o.names.subList(common, o.names.size()));
        return with(false, way);
    }

    @Override
    public URI toUri() {
        return URI.create("heap:" + toAbsolutePath());
    }

    @Override
    public Path toAbsolutePath() {
        return absolute ? this : new HeapPath(files, true, names);
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return toAbsolutePath().normalize();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("watching folders on the heap");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HeapPath o && same(files, o.files) && absolute == o.absolute && names.equals(o.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return (absolute ? "/" : "") + String.join("/", names);
    }
}
