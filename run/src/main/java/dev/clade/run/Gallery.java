package dev.clade.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Where the pictures of an experiment's winner are kept on this host: a folder for each time that the experiment came
/// to an end, by the number of its openings, since one that goes on after its end has another winner. A folder is
/// there whole or not at all, and the first that is there stays.
public final class Gallery {

    /// The most pictures of a winner.
    public static final int MOST = 24;

    /// The most bytes that they have together: a page holds them all.
    public static final long BYTES = 8L << 20;

    private static final String NAMES = "[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}[.]png";
    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int HEADER = 24;
    private static final String NOTE = "note.txt";

    private final Path folder;
    private final Set<Integer> begun = ConcurrentHashMap.newKeySet();

    /// @param folder of one experiment
    public Gallery(Path folder) {
        this.folder = folder;
    }

    /// A picture.
    ///
    /// @param name of its file, without `.png`
    /// @param width in pixels
    /// @param height in pixels
    public record Picture(String name, int width, int height, Path file) {}

    /// What is kept of one winner.
    ///
    /// @param pictures by name
    /// @param note why some are missing, or all
    public record Wall(List<Picture> pictures, Optional<String> note) {

        public static final Wall EMPTY = new Wall(List.of(), Optional.empty());

        public Wall {
            pictures = List.copyOf(pictures);
        }

        public boolean isEmpty() {
            return pictures.isEmpty() && note.isEmpty();
        }
    }

    /// Draws into an empty folder.
    @FunctionalInterface
    interface Artist {
        void draw(Path folder) throws IOException;
    }

    // ---- looking

    /// What is kept of a winner.
    ///
    /// @param opening how often the experiment had been opened
    public Wall wall(int opening) {
        var room = room(opening);
        try {
            if (!Files.isDirectory(room)) {
                return Wall.EMPTY;
            }
            var note = room.resolve(NOTE);
            return new Wall(
                    pictures(room), Files.exists(note) ? Optional.of(Files.readString(note)) : Optional.empty());
        } catch (IOException e) {
            return new Wall(List.of(), Optional.of("The pictures cannot be read: " + e + "."));
        }
    }

    private Path room(int opening) {
        return folder.resolve(Integer.toString(opening));
    }

    private static List<Picture> pictures(Path room) throws IOException {
        var pictures = new ArrayList<Picture>();
        for (var file : files(room)) {
            picture(file).ifPresent(pictures::add);
        }
        return pictures;
    }

    private static List<Path> files(Path room) throws IOException {
        try (var files = Files.list(room)) {
            return files.sorted(Comparator.comparing(f -> String.valueOf(f.getFileName())))
                    .toList();
        }
    }

    /// A file that is a picture; only its beginning is read.
    private static Optional<Picture> picture(Path file) throws IOException {
        var name = String.valueOf(file.getFileName());
        if (!name.matches(NAMES) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            var header = in.readNBytes(HEADER);
            if (header.length < HEADER || ByteBuffer.wrap(header).getLong() != SIGNATURE) {
                return Optional.empty();
            }
            int width = ByteBuffer.wrap(header).getInt(16);
            int height = ByteBuffer.wrap(header).getInt(20);
            return width > 0 && height > 0
                    ? Optional.of(new Picture(name.substring(0, name.length() - ".png".length()), width, height, file))
                    : Optional.empty();
        }
    }

    // ---- hanging

    /// Keeps what is drawn of a winner, as far as there is room; once, whoever asks. Whatever goes wrong costs the
    /// pictures only, and leaves a note.
    void hang(int opening, Artist artist) {
        if (!begun.add(opening) || Files.exists(room(opening))) {
            return;
        }
        var draft = folder.resolve("." + UUID.randomUUID());
        try {
            Files.createDirectories(draft);
            Optional<String> note;
            try {
                artist.draw(draft);
                note = cleared(draft);
            } catch (IOException | RuntimeException e) {
                for (var file : files(draft)) {
                    remove(file);
                }
                note = Optional.of("The pictures could not be drawn: " + said(e) + ".");
            }
            keep(opening, draft, note);
        } catch (IOException e) {
            // the host's disk is full or not there: there is no place for a note either
        } finally {
            discard(draft);
        }
    }

    /// Says why there are no pictures of a winner.
    void note(int opening, String why) {
        var draft = folder.resolve("." + UUID.randomUUID());
        try {
            Files.createDirectories(draft);
            keep(opening, draft, Optional.of("The pictures could not be drawn: " + why + "."));
        } catch (IOException e) {
            // as above
        } finally {
            discard(draft);
        }
    }

    private static String said(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private void keep(int opening, Path draft, Optional<String> note) throws IOException {
        if (note.isPresent()) {
            Files.writeString(draft.resolve(NOTE), note.get());
        }
        if (files(draft).isEmpty()) {
            return; // a trainer that draws nothing
        }
        try {
            Files.move(draft, room(opening), StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            // the first that is there stays
        }
    }

    /// Takes out what is no picture, and what there is no room for: what it was, in words.
    private static Optional<String> cleared(Path draft) throws IOException {
        int kept = 0;
        long bytes = 0;
        var others = new ArrayList<String>();
        var beyond = new ArrayList<String>();
        for (var file : files(draft)) {
            long size = Files.isRegularFile(file) ? Files.size(file) : 0;
            if (picture(file).isEmpty()) {
                others.add(String.valueOf(file.getFileName()));
            } else if (kept == MOST || bytes + size > BYTES) {
                beyond.add(String.valueOf(file.getFileName()));
            } else {
                kept++;
                bytes += size;
                continue;
            }
            remove(file);
        }
        var notes = new ArrayList<String>();
        if (!beyond.isEmpty()) {
            notes.add("Left out, since a page has room for %d pictures of %d MiB together: %s."
                    .formatted(MOST, BYTES >> 20, some(beyond)));
        }
        if (!others.isEmpty()) {
            notes.add("Left out, since they are no PNG files with plain names: %s.".formatted(some(others)));
        }
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", notes));
    }

    private static String some(List<String> names) {
        int most = 5;
        return String.join(", ", names.subList(0, Math.min(most, names.size())))
                + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
    }

    private static void discard(Path draft) {
        try {
            remove(draft);
        } catch (IOException e) {
            // What could not be kept matters, not what is left of it.
        }
    }

    private static void remove(Path file) throws IOException {
        if (!Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var walk = Files.walk(file)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
