package dev.clade.zoo.safetensors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// An open safetensors file. Its arrays lie in the file itself, mapped, and are valid until it is closed; nothing
/// is read before it is used, so that a file larger than the heap opens too. For one thread.
///
/// ```
/// Safetensors.write(path, arrays, Map.of("trainer", "digits"));
/// try (var file = Safetensors.open(path)) {
///     file.arrays().get("fc1.weight");
/// }
/// ```
public final class Safetensors implements AutoCloseable {

    /// The key of the free texts in a header; no array may have it.
    static final String METADATA = "__metadata__";

    /// What a part of the file occupies at most in one write [bytes].
    private static final long PIECE = 1L << 30;

    private final Arena arena;
    private final SortedMap<String, Array> arrays;
    private final SortedMap<String, String> metadata;

    private Safetensors(Arena arena, SortedMap<String, Array> arrays, SortedMap<String, String> metadata) {
        this.arena = arena;
        this.arrays = arrays;
        this.metadata = metadata;
    }

    /// Opens a file and checks all of it but the numbers.
    ///
    /// @throws dev.clade.fault.Fault 3302, naming the file and its flaw, for anything that is not exactly a
    /// safetensors file: a wrong length, a header that is not JSON of the right kind, an array that overlaps
    /// another, a gap
    /// @throws IOException where there is no file to read
    @SuppressWarnings("MustBeClosedChecker") // the arena is the file's: close() closes it
    public static Safetensors open(Path path) throws IOException {
        var arena = Arena.ofConfined();
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            var header = Header.read(channel, path);
            var data = channel.map(MapMode.READ_ONLY, header.start(), header.length(), arena);
            var arrays = new TreeMap<String, Array>();
            header.entries()
                    .forEach((name, entry) -> arrays.put(
                            name,
                            new Array(
                                    entry.type(),
                                    entry.shape(),
                                    data.asSlice(entry.begin(), entry.end() - entry.begin()))));
            return new Safetensors(arena, arrays, header.metadata());
        } catch (Throwable failed) {
            arena.close();
            throw failed;
        }
    }

    public SortedMap<String, Array> arrays() {
        return Collections.unmodifiableSortedMap(arrays);
    }

    public Optional<Array> find(String name) {
        return Optional.ofNullable(arrays.get(name));
    }

    public SortedMap<String, String> metadata() {
        return Collections.unmodifiableSortedMap(metadata);
    }

    @Override
    public void close() {
        arena.close();
    }

    /// Writes a new file. The order is that of the authors' library, wide types first and then by name, so that
    /// every array is aligned to its elements and equal contents give equal files.
    ///
    /// @throws IllegalArgumentException for an array called `__metadata__`
    /// @throws java.nio.file.FileAlreadyExistsException where there is a file already
    public static void write(Path path, Map<String, Array> arrays, Map<String, String> metadata) throws IOException {
        if (arrays.containsKey(METADATA)) {
            throw new IllegalArgumentException("no array can be called " + METADATA);
        }
        var sorted = arrays.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Array>, Type>comparing(
                                e -> e.getValue().type())
                        .thenComparing(Map.Entry::getKey))
                .toList();
        try (var channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            put(channel, header(sorted, new TreeMap<>(metadata)));
            for (var entry : sorted) {
                put(channel, entry.getValue());
            }
        }
    }

    private static void put(FileChannel channel, Array array) throws IOException {
        long size = array.bytes().byteSize();
        for (long at = 0; at < size; at += PIECE) {
            put(channel, array.bytes().asSlice(at, Math.min(PIECE, size - at)).asByteBuffer());
        }
    }

    private static void put(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteBuffer header(List<Map.Entry<String, Array>> sorted, SortedMap<String, String> metadata) {
        var text = new ByteArrayOutputStream();
        try (var json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectPropertyStart(METADATA);
                metadata.forEach(json::writeStringProperty);
                json.writeEndObject();
            }
            long begin = 0;
            for (var entry : sorted) {
                var array = entry.getValue();
                long end = begin + array.bytes().byteSize();
                json.writeObjectPropertyStart(entry.getKey());
                json.writeStringProperty("dtype", array.type().name());
                json.writeName("shape");
                numbers(json, array.shape());
                json.writeName("data_offsets");
                numbers(json, List.of(begin, end));
                json.writeEndObject();
                begin = end;
            }
            json.writeEndObject();
        }
        var bytes = text.toByteArray();
        int padded = (bytes.length + 7) / 8 * 8;
        var buffer = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(padded).put(bytes);
        while (buffer.hasRemaining()) {
            buffer.put((byte) ' ');
        }
        return buffer.flip();
    }

    private static void numbers(JsonGenerator json, List<Long> values) {
        json.writeArray(values.stream().mapToLong(Long::longValue).toArray(), 0, values.size());
    }
}
