package dev.clade.zoo.translation;

import dev.clade.fault.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Sentences in two languages: line `i` of one is line `i` of the other.
record ParallelText(List<String> sources, List<String> targets) {

    ParallelText {
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
    }

    int size() {
        return sources.size();
    }

    /// The first sentences, all if there are not so many.
    ParallelText first(int count) {
        int most = Math.min(count, size());
        return new ParallelText(sources.subList(0, most), targets.subList(0, most));
    }

    /// Reads `NAME.SOURCE` and `NAME.TARGET` of a folder, or the same with `.gz`: UTF-8, one sentence a
    /// line.
    ///
    /// @throws Fault 3340 where one is absent, 3341 where they are not aligned, 3342 with file and line for
    /// one that is no sentence
    static ParallelText read(Path folder, String name, String source, String target) throws IOException {
        var one = file(folder, name + "." + source);
        var other = file(folder, name + "." + target);
        var sources = lines(one);
        var targets = lines(other);
        if (sources.size() != targets.size()) {
            throw new Fault(
                    3341,
                    one + " and " + other + " are not aligned.",
                    sources.size() + " lines and " + targets.size() + ".",
                    "as many in both, since line i of one is the translation of line i of the other.",
                    "look for what follows line " + Math.min(sources.size(), targets.size())
                            + " of the longer, or get both again.");
        }
        return new ParallelText(sources, targets);
    }

    private static Path file(Path folder, String name) {
        var plain = folder.resolve(name);
        var packed = folder.resolve(name + ".gz");
        if (Files.exists(plain)) {
            return plain;
        }
        if (Files.exists(packed)) {
            return packed;
        }
        throw new Fault(
                3340,
                "the trainer 'translation' has no data.",
                "no file " + plain + " or " + packed + ".",
                "parallel text, one sentence a line: train.en, train.de, val.en, val.de and a test set, or other"
                        + " languages that 'source' and 'target' name.",
                "get Multi30k, task 1, from https://github.com/multi30k/dataset (data/task1/raw) and put its files into"
                        + " that folder, or name yours: trainer: {zoo: translation, data: FOLDER}.");
    }

    private static List<String> lines(Path file) throws IOException {
        var bytes = bytes(file);
        var lines = new ArrayList<String>();
        int from = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length ? from < i : bytes[i] == '\n') {
                lines.add(line(bytes, from, i, file, lines.size() + 1));
                from = i + 1;
            }
        }
        return lines;
    }

    private static byte[] bytes(Path file) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return Files.readAllBytes(file);
        }
        try (var packed = new GZIPInputStream(Files.newInputStream(file))) {
            return packed.readAllBytes();
        } catch (ZipException | EOFException damaged) {
            throw new Fault(
                            3342,
                            file + " is no whole gzip file.",
                            damaged.getMessage() + ".",
                            "text packed by gzip.",
                            "get the file again.")
                    .causedBy(damaged);
        }
    }

    private static String line(byte[] bytes, int from, int to, Path file, int number) {
        String line;
        try {
            line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(file, number, "bytes that are not UTF-8").causedBy(e);
        }
        if (line.isBlank()) {
            throw malformed(file, number, "an empty line");
        }
        return line.strip();
    }

    private static Fault malformed(Path file, int number, String found) {
        return new Fault(
                3342,
                file + ":" + number + " is no sentence.",
                found + ".",
                "a line of text in UTF-8.",
                "correct the line, or take it out of both languages.");
    }
}
