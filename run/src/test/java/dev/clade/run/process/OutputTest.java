package dev.clade.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.trainer.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OutputTest {

    @TempDir
    private Path folder = Path.of("");

    private Output output() {
        return Output.of(new Place(2, 1, "cpu", Optional.of(folder.resolve("logs"))));
    }

    private static void print(Output output, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        output.printed(bytes, bytes.length);
    }

    private String kept(String name) throws IOException {
        return Files.readString(folder.resolve("logs").resolve(name));
    }

    @Test
    void eachSegment_hasFilesOfItsOwn_andWhatComesBeforeIsTheSlots() throws Exception {
        try (var output = output()) {
            print(output, "loading\n");
            output.segment(3, 7);
            print(output, "training\n");
            output.complained(new byte[] {'!', '\n'}, 2);
            output.segment(3, 8);
            print(output, "more\n");
        }

        assertThat(kept("slot-2.out")).isEqualTo("loading\n");
        assertThat(kept("member-3/segment-7.out")).isEqualTo("training\n");
        assertThat(kept("member-3/segment-7.err")).isEqualTo("!\n");
        assertThat(kept("member-3/segment-8.out")).isEqualTo("more\n");
        assertThat(folder.resolve("logs/member-3/segment-8.err")).doesNotExist();
    }

    @Test
    void aSegmentThatIsRunAgain_goesOn_behindALineThatSaysSo() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (var output = output()) {
                output.segment(0, 1);
                print(output, "once\n");
            }
        }

        assertThat(kept("member-0/segment-1.out")).isEqualTo("once\n\n[clade] member 0, segment 1, once more\nonce\n");
    }

    @Test
    void aFile_hasAnEnd_andSaysHowMuchIsMissing() throws Exception {
        long more = 1000;
        try (var output = output()) {
            output.segment(0, 0);
            var block = new byte[1 << 16];
            for (long left = Kept.MOST + more; left > 0; left -= block.length) {
                output.printed(block, (int) Math.min(block.length, left));
            }
        }
        var bytes = Files.readAllBytes(folder.resolve("logs/member-0/segment-0.out"));
        var end = new String(bytes, (int) Kept.MOST, bytes.length - (int) Kept.MOST, StandardCharsets.UTF_8);

        assertThat(end).isEqualTo("\n[clade] 1000 bytes more were printed here, and dropped\n");
    }

    @Test
    void aFloodWithNoNewline_neitherStopsTheProgram_norTakesMemory() throws Exception {
        var program = Processes.shell(folder, "head -c 300000000 /dev/zero >&2; echo done");
        System.gc();
        long before = used();
        try (var output = output();
                var running = program.start(output)) {
            output.segment(1, 0);
            assertThat(running.await()).isZero();
            running.end();
        }
        System.gc();

        assertThat(used() - before).isLessThan(50L << 20);
        assertThat(kept("member-1/segment-0.out")).isEqualTo("done\n");
        assertThat(Files.size(folder.resolve("logs/member-1/segment-0.err")) + size(folder.resolve("logs/slot-2.err")))
                .isBetween(Kept.MOST, 2 * Kept.MOST + 1000);
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void withoutAFolder_nothingIsKept_andNothingStops() throws Exception {
        var output = Output.of(Place.ANYWHERE);
        output.segment(0, 0);
        try (var running =
                Processes.shell(folder, "head -c 3000000 /dev/zero; echo end").start(output)) {
            assertThat(running.await()).isZero();
            running.end();
            assertThat(running.lastWords()).isEqualTo("end");
        }
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenTo_stopsNoProgram() throws Exception {
        Files.writeString(folder.resolve("logs"), "a file");
        try (var output = output();
                var running = Processes.shell(folder, "echo well").start(output)) {
            assertThat(running.await()).isZero();
            running.end();
            assertThat(running.lastWords()).isEqualTo("well");
        }
    }
}
