package dev.clade.zoo.safetensors;

import dev.clade.fault.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// The checked header of a file.
///
/// @param start where the data begins in the file [bytes]
/// @param length of the data [bytes]
record Header(long start, long length, SortedMap<String, Entry> entries, SortedMap<String, String> metadata) {

    /// The longest header that is read [bytes]. Ours; the authors' library reads 100 MB. It holds some 100,000
    /// arrays.
    static final int MOST = 1 << 24;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /// One array: its bytes are `[begin, end)` of the data.
    record Entry(Type type, List<Long> shape, long begin, long end) {}

    static Header read(FileChannel channel, Path path) throws IOException {
        long size = channel.size();
        if (size < Long.BYTES) {
            throw flaw(path, size + " bytes", "at least the 8 bytes of the header's length");
        }
        long length = bytes(channel, 0, Long.BYTES).getLong();
        long room = Math.min(MOST, size - Long.BYTES);
        if (length < 2 || length > room) {
            throw flaw(
                    path,
                    "a header of " + Long.toUnsignedString(length) + " bytes",
                    "2 to " + room + " bytes in a file of " + size);
        }
        var text = bytes(channel, Long.BYTES, (int) length);
        if (text.get(0) != '{') {
            throw flaw(path, "a header that begins with byte " + text.get(0), "'{'");
        }
        long start = Long.BYTES + length;
        return new Reading(path, new TreeMap<>(), new TreeMap<>()).header(text, start, size - start);
    }

    private static ByteBuffer bytes(FileChannel channel, long from, int count) throws IOException {
        var buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    private static Fault flaw(Path path, String found, String expected) {
        return new Fault(
                3302,
                path + " is not a whole safetensors file.",
                found + ".",
                expected + ".",
                "restore the file from where it came; nothing of it was used.");
    }

    /// A header while it is being read.
    private record Reading(Path path, SortedMap<String, Entry> entries, SortedMap<String, String> metadata) {

        Header header(ByteBuffer bytes, long start, long length) {
            String text;
            try {
                text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            } catch (CharacterCodingException e) {
                throw flaw(path, "a header that is not UTF-8", "UTF-8").causedBy(e);
            }
            try (var json = JSON.createParser(ObjectReadContext.empty(), text)) {
                json.nextToken();
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    property(json);
                }
                if (json.nextToken() != null) {
                    throw flaw(path, "more behind the header's object", "only spaces");
                }
            } catch (JacksonException e) {
                throw flaw(path, "a header that is not JSON (" + e.getOriginalMessage() + ")", "JSON")
                        .causedBy(e);
            }
            tile(length);
            return new Header(start, length, entries, metadata);
        }

        private void property(JsonParser json) {
            var name = json.currentName();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw flaw(path, "'" + name + "' is " + json.currentToken(), "an object");
            }
            if (name.equals(Safetensors.METADATA)) {
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    var key = json.currentName();
                    json.nextToken();
                    metadata.put(key, string(json, name));
                }
            } else {
                entries.put(name, entry(json, name));
            }
        }

        private Entry entry(JsonParser json, String name) {
            var type = Optional.<Type>empty();
            var shape = Optional.<List<Long>>empty();
            var offsets = Optional.<List<Long>>empty();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var key = json.currentName();
                json.nextToken();
                switch (key) {
                    case "dtype" -> {
                        var word = string(json, name);
                        type = Type.named(word);
                        if (type.isEmpty()) {
                            throw flaw(
                                    path,
                                    "'" + name + "' has dtype '" + word + "'",
                                    "one of " + List.of(Type.values()));
                        }
                    }
                    case "shape" -> shape = Optional.of(numbers(json, name, Array.MOST_DIMENSIONS));
                    case "data_offsets" -> offsets = Optional.of(numbers(json, name, 2));
                    default -> throw flaw(path, "'" + name + "' has '" + key + "'", "dtype, shape, data_offsets");
                }
            }
            if (type.isEmpty()
                    || shape.isEmpty()
                    || offsets.isEmpty()
                    || offsets.get().size() != 2) {
                throw flaw(path, "'" + name + "' is incomplete", "dtype, shape and two data_offsets");
            }
            long begin = offsets.get().get(0);
            long end = offsets.get().get(1);
            long size = Array.size(type.get(), shape.get());
            if (begin > end || size != end - begin) {
                throw flaw(
                        path,
                        "'" + name + "', " + type.get() + " " + shape.get() + ", lies at " + begin + " to " + end,
                        size < 0 ? "a shape that a file can hold" : size + " bytes");
            }
            return new Entry(type.get(), shape.get(), begin, end);
        }

        private String string(JsonParser json, String name) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw flaw(path, "'" + name + "' holds " + json.currentToken(), "a string");
            }
            return json.getString();
        }

        private List<Long> numbers(JsonParser json, String name, int most) {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw flaw(path, "'" + name + "' holds " + json.currentToken(), "a list of whole numbers");
            }
            var numbers = new ArrayList<Long>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                boolean whole = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                        && json.getLongValue() >= 0;
                if (!whole || numbers.size() == most) {
                    throw flaw(
                            path,
                            "'" + name + "' has a list with " + json.currentToken() + " as element " + numbers.size(),
                            "at most " + most + " whole numbers from 0 to " + Long.MAX_VALUE);
                }
                numbers.add(json.getLongValue());
            }
            return numbers;
        }

        /// The arrays must fill the data: no gap, no overlap, nothing behind.
        private void tile(long length) {
            var inOrder = entries.entrySet().stream()
                    .sorted(Comparator.<Map.Entry<String, Entry>>comparingLong(
                                    e -> e.getValue().begin())
                            .thenComparingLong(e -> e.getValue().end()))
                    .toList();
            long at = 0;
            for (var next : inOrder) {
                if (next.getValue().begin() != at) {
                    throw flaw(
                            path,
                            "'" + next.getKey() + "' begins at "
                                    + next.getValue().begin(),
                            "at " + at);
                }
                at = next.getValue().end();
            }
            if (at != length) {
                throw flaw(path, length + " bytes of data", at + " bytes, as its header says");
            }
        }
    }
}
