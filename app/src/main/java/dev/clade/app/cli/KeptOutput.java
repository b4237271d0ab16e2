package dev.clade.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What the programs of an experiment have printed on this host, as [dev.clade.run.process.Output] keeps it.
record KeptOutput(Path folder) {

    private static final Pattern MEMBER = Pattern.compile("member-(\\d+)");
    private static final Pattern SEGMENT = Pattern.compile("segment-(\\d+)\\.(?:out|err)");
    private static final Pattern SLOT = Pattern.compile("slot-(\\d+)\\.(?:out|err)");

    /// One of the two.
    enum Stream {
        OUT("out", "standard output"),
        ERR("err", "standard error");

        private final String ending;
        final String words;

        Stream(String ending, String words) {
            this.ending = ending;
            this.words = words;
        }
    }

    /// The members of whom something is kept.
    NavigableSet<Integer> members() throws IOException {
        return numbers(folder, MEMBER);
    }

    /// The segments of a member of which something is kept.
    NavigableSet<Integer> segments(int member) throws IOException {
        return numbers(folder.resolve("member-" + member), SEGMENT);
    }

    /// The slots whose programs have printed something before their first segment.
    NavigableSet<Integer> slots() throws IOException {
        return numbers(folder, SLOT);
    }

    private static NavigableSet<Integer> numbers(Path folder, Pattern names) throws IOException {
        var numbers = new TreeSet<Integer>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var name = names.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    numbers.add(Integer.parseInt(name.group(1)));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return numbers;
        }
        return numbers;
    }

    Optional<Path> ofSegment(int member, int segment, Stream stream) {
        return file("member-" + member + "/segment-" + segment, stream);
    }

    Optional<Path> ofSlot(int slot, Stream stream) {
        return file("slot-" + slot, stream);
    }

    private Optional<Path> file(String name, Stream stream) {
        return Optional.of(folder.resolve(name + "." + stream.ending)).filter(Files::isRegularFile);
    }

    /// Bytes of a member's files.
    long size(int member) throws IOException {
        long sum = 0;
        for (int segment : segments(member)) {
            for (var stream : Stream.values()) {
                var file = ofSegment(member, segment, stream);
                sum += file.isPresent() ? Files.size(file.get()) : 0;
            }
        }
        return sum;
    }

    /// Prints a file: all of it, or its last lines.
    static void print(Path file, Optional<Integer> tail, PrintWriter out) throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            var last = new ArrayDeque<String>();
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (tail.isEmpty()) {
                    out.println(line);
                    continue;
                }
                last.add(line);
                if (last.size() > tail.get()) {
                    last.removeFirst();
                }
            }
            last.forEach(out::println);
        }
    }

    /// `0 to 3, 5`.
    static String ranges(NavigableSet<Integer> numbers) {
        var ranges = new ArrayList<List<Integer>>();
        for (int number : numbers) {
            if (!ranges.isEmpty() && ranges.getLast().getLast() == number - 1) {
                ranges.set(ranges.size() - 1, List.of(ranges.getLast().getFirst(), number));
            } else {
                ranges.add(List.of(number));
            }
        }
        return String.join(
                ", ",
                ranges.stream()
                        .map(r -> r.size() == 1 ? r.getFirst() + "" : r.getFirst() + " to " + r.getLast())
                        .toList());
    }
}
