package dev.clade.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.trainer.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class WardenTest {

    /// A program that starts one that ignores all signals that can be; both write their numbers.
    private static final String PAIR = """
            sh -c 'trap "" TERM INT HUP QUIT; echo $$ > child.tmp; mv child.tmp child; while :; do sleep 1; done' &
            echo $$ > parent.tmp; mv parent.tmp parent
            wait
            """;

    @TempDir
    private Path folder = Path.of("");

    /// A Clade of its own, to be killed: starts the pair, and one that ends.
    static final class Victim {
        public static void main(String[] words) throws IOException, InterruptedException {
            var folder = Path.of(words[0]);
            var output = Output.of(Place.ANYWHERE);
            try (var over = Processes.shell(folder, "exit 0").start(output)) {
                over.await();
            }
            Processes.shell(folder, PAIR).start(output);
            if (words.length > 1) {
                Processes.comes(() -> Files.exists(folder.resolve("child")) && Files.exists(folder.resolve("parent")));
                System.exit(0);
            }
            Thread.sleep(1_000_000);
        }
    }

    private Process victim(String... words) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.toString()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("victim.err").toFile())
                .start();
    }

    private long number(String name) throws IOException {
        assertThat(Processes.comes(() -> Files.exists(folder.resolve(name)))).isTrue();
        return Long.parseLong(Files.readString(folder.resolve(name)).strip());
    }

    @Test
    void whenCladeIsKilled_allOfTheGroupIsGone() throws Exception {
        var victim = victim();
        long parent = number("parent");
        long child = number("child");
        assertThat(Processes.alive(parent)).isTrue();
        assertThat(Processes.alive(child)).isTrue();

        victim.destroyForcibly().waitFor();

        assertThat(Processes.comes(() -> !Processes.alive(parent))).isTrue();
        assertThat(Processes.comes(() -> !Processes.alive(child))).isTrue();
    }

    @Test
    void whenCladeEndsAndForgetsAProgram_itIsGoneToo() throws Exception {
        var victim = victim("exit");
        assertThat(victim.waitFor(150, TimeUnit.SECONDS)).isTrue();

        assertThat(victim.exitValue()).isZero();
        assertThat(Processes.comes(() -> !Processes.alive(number("parent", 0)))).isTrue();
        assertThat(Processes.comes(() -> !Processes.alive(number("child", 0)))).isTrue();
    }

    private long number(String name, long otherwise) {
        try {
            return number(name);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
