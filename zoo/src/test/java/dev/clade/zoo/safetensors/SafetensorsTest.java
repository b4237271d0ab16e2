package dev.clade.zoo.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clade.fault.Fault;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

    @TempDir
    Path folder;

    static byte[] golden() throws IOException {
        try (var in = SafetensorsTest.class.getResourceAsStream("golden.safetensors")) {
            return in.readAllBytes();
        }
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("some.safetensors"), bytes);
    }

    @Test
    void open_fileOfThePythonLibrary_readsWhatItWrote() throws IOException {
        try (var file = Safetensors.open(file(golden()))) {
            assertThat(file.metadata()).containsExactly(Map.entry("made by", "safetensors 0.8.0"));
            assertThat(file.arrays()).hasSize(15);
            var weight = file.arrays().get("fc.weight");
            assertThat(weight.type()).isEqualTo(Type.F32);
            assertThat(weight.shape()).containsExactly(2L, 3L);
            assertThat(weight.bytes().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED))
                    .containsExactly(0.5f, -1.25f, 3e-8f, Float.POSITIVE_INFINITY, 7f, -0f);
            assertThat(file.arrays().get("updates").shape()).isEmpty();
            assertThat(file.arrays().get("updates").bytes().get(ValueLayout.JAVA_LONG_UNALIGNED, 0))
                    .isEqualTo(1234567890123L);
            assertThat(file.arrays().get("empty").bytes().byteSize()).isZero();
            assertThat(file.find("ünïcode \"quoted\"")).isPresent();
            assertThat(file.find("absent")).isEmpty();
        }
    }

    @Test
    void write_contentsOfAFileOfThePythonLibrary_givesTheSameBytes() throws IOException {
        var copy = folder.resolve("copy.safetensors");
        try (var file = Safetensors.open(file(golden()))) {
            Safetensors.write(copy, file.arrays(), file.metadata());
        }
        assertThat(Files.readAllBytes(copy)).isEqualTo(golden());
    }

    @Test
    void write_nothing_canBeRead() throws IOException {
        var path = folder.resolve("empty.safetensors");
        Safetensors.write(path, Map.of(), Map.of());
        assertThat(Files.readAllBytes(path)).hasSize(16);
        try (var file = Safetensors.open(path)) {
            assertThat(file.arrays()).isEmpty();
            assertThat(file.metadata()).isEmpty();
        }
    }

    @Test
    void write_overAFile_refuses() throws IOException {
        var path = file(new byte[0]);
        assertThatThrownBy(() -> Safetensors.write(path, Map.of(), Map.of()))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void write_arrayCalledMetadata_refuses() {
        var array = new Array(Type.U8, List.of(1L), MemorySegment.ofArray(new byte[1]));
        assertThatThrownBy(() -> Safetensors.write(folder.resolve("x"), Map.of("__metadata__", array), Map.of()))
                .hasMessage("no array can be called __metadata__");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void array_ofAnotherSizeThanItsShape_refuses() {
        assertThatThrownBy(() -> new Array(Type.F32, List.of(2L), MemorySegment.ofArray(new byte[4])))
                .hasMessage("an array of F32 [2] does not fill 4 bytes");
    }

    @Test
    void open_closedFile_givesNoMoreBytes() throws IOException {
        var file = Safetensors.open(file(golden()));
        var bytes = file.arrays().get("fc.bias").bytes();
        file.close();
        assertThatThrownBy(() -> bytes.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void open_absentFile_isAnIOException() {
        assertThatThrownBy(() -> Safetensors.open(folder.resolve("absent"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void open_fileOfThreeBytes_saysWhatIsWrong() throws IOException {
        var path = file(new byte[3]);
        assertThatThrownBy(() -> Safetensors.open(path))
                .hasMessage("CLADE-3302 " + path + " is not a whole safetensors file.  Found: 3 bytes. "
                        + " Expected: at least the 8 bytes of the header's length.  Mend: restore the file"
                        + " from where it came; nothing of it was used.");
    }

    @ParameterizedTest
    @CsvSource({"-1, 18446744073709551615", "9223372036854775807, 9223372036854775807", "1, 1", "25, 25"})
    void open_lengthBeyondTheFile_isAFlaw(long length, String found) throws IOException {
        var bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        var fault = flaw(bytes.array());
        assertThat(fault.found()).isEqualTo("a header of " + found + " bytes.");
        assertThat(fault.expected()).isEqualTo("2 to 24 bytes in a file of 32.");
    }

    @Test
    void open_anyPrefixOfAFile_isAFlaw() throws IOException {
        var whole = golden();
        for (int length = 0; length < whole.length; length++) {
            flaw(java.util.Arrays.copyOf(whole, length));
        }
    }

    @Test
    void open_fileWithMoreBehind_isAFlaw() throws IOException {
        var longer = java.util.Arrays.copyOf(golden(), golden().length + 1);
        assertThat(flaw(longer).expected()).isEqualTo("84 bytes, as its header says.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "[];                                  a header that begins with byte 91.",
                "{} {};                               more behind the header's object.",
                "{\"a\":1};                           'a' is VALUE_NUMBER_INT.",
                "{\"a\":{}};                          'a' is incomplete.",
                "{\"a\":{\"dtype\":\"F31\",\"shape\":[],\"data_offsets\":[0,4]}};       'a' has dtype 'F31'.",
                "{\"a\":{\"dtype\":7,\"shape\":[],\"data_offsets\":[0,4]}};             'a' holds VALUE_NUMBER_INT.",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4],\"x\":0}};  'a' has 'x'.",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0]}};         'a' is incomplete.",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[4,0]}};       'a', F32 [], lies at 4 to 0.",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}};      'a', F32 [2], lies at 0 to 4.",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[4,8]}};       'a' begins at 4.",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}};       8 bytes of data.",
                "{\"__metadata__\":{\"a\":1}};        '__metadata__' holds VALUE_NUMBER_INT.",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,4],\"data_offsets\":[0,0]}};"
                        + " 'a', F32 [4294967296, 4294967296, 4], lies at 0 to 0.",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}};"
                        + " 'a' has a list with VALUE_NUMBER_INT as element 0.",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}};"
                        + " 'a' has a list with VALUE_NUMBER_FLOAT as element 0.",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}};"
                        + " 'a' has a list with VALUE_NUMBER_INT as element 0.",
            })
    void open_wrongHeader_saysWhatIsFound(String header, String found) throws IOException {
        assertThat(flaw(file(header, 8)).found()).isEqualTo(found);
    }

    @Test
    void open_overlappingArrays_isAFlaw() throws IOException {
        var header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}";
        assertThat(flaw(file(header, 4)).found()).isEqualTo("'b' begins at 0.");
    }

    @Test
    void open_nameTwice_isAFlaw() throws IOException {
        var entry = "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}";
        assertThat(flaw(file("{" + entry + "," + entry + "}", 4)).found()).startsWith("a header that is not JSON (");
    }

    @Test
    void open_headerThatIsNotUtf8_isAFlaw() throws IOException {
        var bytes = file("{\"__metadata__\":{\"a\":\"xx\"}}", 0);
        bytes[bytes.length - 6] = (byte) 0xC3;
        assertThat(flaw(bytes).found()).isEqualTo("a header that is not UTF-8.");
    }

    @Test
    void open_deeplyNestedHeader_isAFlaw() throws IOException {
        assertThat(flaw(file("{\"a\":" + "[".repeat(1 << 20), 0)).code()).isEqualTo(3302);
    }

    @Test
    void open_moreDimensionsThanAnyTensorHas_isAFlaw() throws IOException {
        var shape = "[1" + ",1".repeat(64) + "]";
        var header = "{\"a\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[0,4]}}";
        assertThat(flaw(file(header, 4)).expected()).startsWith("at most 64 whole numbers");
    }

    static byte[] file(String header, int data) {
        var text = header.getBytes(UTF_8);
        return ByteBuffer.allocate(8 + text.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    private Fault flaw(byte[] bytes) throws IOException {
        var path = file(bytes);
        var fault = catchThrowableOfType(Fault.class, () -> Safetensors.open(path));
        assertThat(fault).isNotNull();
        assertThat(fault.code()).isEqualTo(3302);
        assertThat(fault.what()).isEqualTo(path + " is not a whole safetensors file.");
        return fault;
    }

    @Test
    void write_anyOrderOfArrays_givesTheSameBytes() throws IOException {
        var one = new Array(Type.F32, List.of(1L), MemorySegment.ofArray(new byte[] {1, 2, 3, 4}));
        var two = new Array(Type.I64, List.of(), MemorySegment.ofArray(new byte[8]));
        var forward = folder.resolve("forward");
        var backward = folder.resolve("backward");
        Safetensors.write(forward, new TreeMap<>(Map.of("a", one, "b", two)), Map.of("k", "v", "a", "b"));
        Safetensors.write(
                backward,
                new TreeMap<>(Map.of("a", one, "b", two)).descendingMap(),
                new TreeMap<>(Map.of("k", "v", "a", "b")).descendingMap());
        assertThat(Files.readAllBytes(forward)).isEqualTo(Files.readAllBytes(backward));
    }
}
