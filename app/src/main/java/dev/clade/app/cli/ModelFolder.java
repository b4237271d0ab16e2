package dev.clade.app.cli;

import dev.clade.app.report.Secrets;
import dev.clade.app.report.SettingsText;
import dev.clade.app.wire.Experiments;
import dev.clade.fault.Fault;
import dev.clade.population.CheckpointId;
import dev.clade.population.Lineage;
import dev.clade.population.Segment;
import dev.clade.store.folder.FolderCheckpoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// A model taken out of its experiment:
///
/// ```
/// weights/           the files that the trainer saved
/// schedule.csv       the hyperparameters over the steps of these weights
/// lineage.json       the segments that trained them, oldest first
/// provenance.json    experiment, member, scores, versions, digests
/// experiment.yaml    the settings, to run it again; secrets are masked
/// ```
///
/// It appears whole or not at all, and its weights have been read back and compared with their digest.
final class ModelFolder {

    static final String WEIGHTS = "weights";
    static final String SCHEDULE = "schedule.csv";

    private ModelFolder() {}

    /// A file of the weights.
    private record File(String path, long size, String digest) {}

    /// @throws Fault 4101 if there is something at that place
    static void vacant(Path folder) {
        if (Files.exists(folder)) {
            throw new Fault(
                    4101,
                    "a model is not written over " + folder + ".",
                    "something that is there already.",
                    "a new folder, so that no model is overwritten.",
                    "remove it, or name another by --to DIR.");
        }
    }

    /// Makes the folder that a model's folder will be in, so that what cannot be written is known before the training.
    ///
    /// @throws Fault 4101 if there is something at its place, 4108 if nothing can be
    static void ready(Path folder) {
        vacant(folder);
        try {
            var parent = Objects.requireNonNull(folder.toAbsolutePath().getParent());
            Files.createDirectories(parent);
            Files.delete(Files.createTempFile(parent, ".writable", ""));
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static Fault unwritable(Path folder, IOException e) {
        return new Fault(
                        4108,
                        "a model cannot be written to " + folder + ".",
                        e + ".",
                        "a folder with room, where this user may write.",
                        "make room, or name another by --to DIR.")
                .causedBy(e);
    }

    /// Writes the best model of an experiment.
    ///
    /// @throws Fault 4101 or 4108 for the folder, 23xx for the checkpoint
    static void write(Seen seen, Seen.Best best, Path folder) {
        try {
            ready(folder);
            whole(seen, best, folder);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static void whole(Seen seen, Seen.Best best, Path folder) throws IOException {
        var whole = folder.toAbsolutePath().normalize();
        var parent = Objects.requireNonNull(whole.getParent());
        var part = Files.createDirectory(parent.resolve("." + whole.getFileName() + "." + UUID.randomUUID()));
        try {
            fill(seen, best, part);
            vacant(folder);
            Files.move(part, whole);
        } finally {
            delete(part);
        }
    }

    private static void fill(Seen seen, Seen.Best best, Path folder) throws IOException {
        var checkpoint = best.pair().checkpoint();
        try (var checkpoints = seen.held().checkpoints(Experiments.worker())) {
            copy(checkpoints, checkpoint, folder.resolve(WEIGHTS));
        }
        var files = files(folder.resolve(WEIGHTS));
        compare(checkpoint, files);
        var lineage = Lineage.of(seen.population(), best.pair());
        Files.writeString(
                folder.resolve(SCHEDULE),
                ScheduleText.csv(lineage, seen.specification().space()));
        Files.writeString(
                folder.resolve("lineage.json"), lineage(seen, best, lineage).json());
        Files.writeString(
                folder.resolve("provenance.json"), provenance(seen, best, files).json());
        Files.writeString(
                folder.resolve("experiment.yaml"),
                SettingsText.of(Secrets.masked(seen.specification().settings())));
    }

    // ---- the weights

    private static void copy(FolderCheckpoints checkpoints, CheckpointId checkpoint, Path to) throws IOException {
        Files.createDirectories(to);
        var from = checkpoints.open(checkpoint);
        try (var walk = Files.walk(from)) {
            for (var path : walk.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(path, target);
            }
        } finally {
            checkpoints.done(from);
        }
    }

    private static List<File> files(Path folder) throws IOException {
        var files = new ArrayList<File>();
        try (var walk = Files.walk(folder)) {
            for (var path : walk.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(p -> folder.relativize(p).toString()))
                    .toList()) {
                var name = folder.relativize(path).toString().replace('\\', '/');
                files.add(new File(name, Files.size(path), digest(path)));
            }
        }
        return files;
    }

    /// A checkpoint's name is the digest of its manifest: a line `digest size path` per file, sorted by path.
    private static void compare(CheckpointId checkpoint, List<File> files) {
        var manifest = String.join(
                "\n",
                files.stream()
                        .map(f -> f.digest() + " " + f.size() + " " + f.path())
                        .toList());
        var found = HexFormat.of().formatHex(sha256().digest(manifest.getBytes(StandardCharsets.UTF_8)));
        if (!found.equals(checkpoint.digest())) {
            throw new Fault(
                    5202,
                    "the weights that were written are not those of the checkpoint.",
                    "files with the digest " + found + ".",
                    checkpoint + ".",
                    "try again; if it happens again, the disk or the memory of this host is at fault: look at both.");
        }
    }

    private static String digest(Path file) throws IOException {
        var digest = sha256();
        try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    // ---- its history

    static Document lineage(Seen seen, Seen.Best best, Lineage lineage) {
        return new Document()
                .with("experiment", seen.held().name())
                .with("provisional", best.provisional())
                .with("unit", seen.specification().unit())
                .with(
                        "segments",
                        lineage.segments().stream().map(s -> segment(seen, s)).toList());
    }

    private static Document segment(Seen seen, Segment segment) {
        var pair = segment.pair();
        return new Document()
                .with("member", segment.member())
                .with("segment", segment.index())
                .with("from", segment.startLineage())
                .with("to", pair.map(p -> p.lineageStep()).orElse(segment.startLineage()))
                .with(
                        "weights",
                        switch (segment.source()) {
                            case Segment.Source.Fresh fresh -> "fresh";
                            case Segment.Source.Own own -> "own";
                            case Segment.Source.Copied copied ->
                                "copied from member " + copied.pair().member();
                            case Segment.Source.Blended blended ->
                                "blended with member " + blended.pair().member();
                        })
                .with("hyperparameters", segment.values())
                .with("score", pair.map(p -> seen.raw(p.evaluation())))
                .with("checkpoint", pair.map(p -> p.checkpoint()));
    }

    private static Document provenance(Seen seen, Seen.Best best, List<File> files) {
        return new Document()
                .with("experiment", seen.held().name())
                .with("id", seen.population().id())
                .with("created", seen.created())
                .with("position", seen.population().position())
                .with("seed", seen.specification().seed())
                .with("metric", seen.specification().metric().name())
                .with("changes", ShowCommand.changed(seen))
                .with("model", ShowCommand.document(seen, best))
                .with(
                        "files",
                        files.stream()
                                .map(f -> new Document()
                                        .with("path", WEIGHTS + "/" + f.path())
                                        .with("bytes", f.size())
                                        .with("sha256", f.digest()))
                                .toList())
                .with("made_by", Document.of(seen.creation().provenance()))
                .with("taken_by", "clade " + Main.VERSION);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var walk = Files.walk(folder)) {
                for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
