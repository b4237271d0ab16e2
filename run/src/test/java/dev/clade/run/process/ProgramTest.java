package dev.clade.run.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.trainer.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProgramTest {

    @TempDir
    private Path folder = Path.of("");

    private String said(Program program) throws IOException, InterruptedException {
        try (var running = program.start(Output.of(Place.ANYWHERE))) {
            running.await();
            running.end();
            return running.lastWords();
        }
    }

    @Test
    void words_reachTheProgram_asTheyAre() throws Exception {
        var program = Processes.shell(folder, "printf '<%s>\\n' \"$@\"", "a b", "$HOME", "", "'", "*");

        assertThat(said(program)).isEqualTo("<a b>\n<$HOME>\n<>\n<'>\n<*>");
    }

    @Test
    void itRuns_inItsFolder_withItsVariablesAlone_howeverTheyAreCalled() throws Exception {
        var variables = new TreeMap<>(Map.of("PATH", System.getenv("PATH"), "a.b", "c d", "LR", "1"));
        var program = new Program(List.of("env"), folder, variables);

        assertThat(said(program).lines())
                .contains("a.b=c d", "LR=1", "PWD=" + folder.toRealPath())
                .noneMatch(line -> line.startsWith("HOME=") || line.startsWith("CLADE"));
    }

    @Test
    void standardInput_isEmpty() throws Exception {
        assertThat(said(Processes.shell(folder, "cat; echo end"))).isEqualTo("end");
    }

    @Test
    void aProgram_isFoundOnThePathOfItsOwnEnvironment_orByItsPath() throws Exception {
        var script = Files.writeString(folder.resolve("mine"), "#!/bin/sh\necho mine\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();

        assertThat(said(new Program(List.of("mine"), folder, new TreeMap<>(Map.of("PATH", "/none:" + folder)))))
                .isEqualTo("mine");
        assertThat(said(new Program(List.of("./mine"), folder, new TreeMap<>())))
                .isEqualTo("mine");
    }

    @Test
    void aProgramThatIsNotThere_orNotToBeRun_isSaidSo() throws Exception {
        Files.writeString(folder.resolve("script.py"), "print(1)\n");

        var python = new Program(List.of("python"), folder, new TreeMap<>(Map.of("PATH", "/none")));

        assertThatThrownBy(() -> python.start(Output.of(Place.ANYWHERE))).isInstanceOfSatisfying(Fault.class, f -> {
            assertThat(f.code()).isEqualTo(3520);
            assertThat(f.found()).contains("PATH=/none");
            assertThat(f.mend()).contains("python3");
        });
        assertThatThrownBy(() -> new Program(List.of("./script.py"), folder, new TreeMap<>()).executable())
                .hasMessageContaining("chmod +x");
    }

    @Test
    void itsExitStatus_isKnown_andASignalIs128More() throws Exception {
        try (var running = Processes.shell(folder, "exit 3").start(Output.of(Place.ANYWHERE))) {
            assertThat(running.await()).isEqualTo(3);
            assertThat(running.exited()).isEqualTo(OptionalInt.of(3));
        }
        try (var running = Processes.shell(folder, "kill -9 $$").start(Output.of(Place.ANYWHERE))) {
            assertThat(running.await()).isEqualTo(137);
        }
    }

    @Test
    void whatItWasAskedToEnd_endsByItself_andIsKilledOtherwise() throws Exception {
        var output = Output.of(Place.ANYWHERE);
        try (var polite = Processes.shell(
                        folder, "exec 2>/dev/null; trap 'echo bye; exit 5' TERM; echo on; while :; do sleep 0.05; done")
                .start(output)) {
            assertThat(Processes.comes(() -> polite.lastWords().equals("on"))).isTrue();
            polite.terminate(Duration.ofSeconds(60));

            assertThat(polite.exited()).isEqualTo(OptionalInt.of(5));
            assertThat(polite.lastWords()).isEqualTo("on\nbye");
        }
        try (var deaf = Processes.shell(folder, "trap '' TERM; echo on; while :; do sleep 0.05; done")
                .start(output)) {
            assertThat(Processes.comes(() -> deaf.lastWords().equals("on"))).isTrue();
            deaf.terminate(Duration.ofMillis(100));

            assertThat(deaf.exited()).isEqualTo(OptionalInt.of(137));
        }
    }

    @Test
    void aForkedChildThatIgnoresEverySignal_isGoneWithIt() throws Exception {
        var script = "sh -c \"trap '' TERM INT HUP; echo \\$\\$ > child; while :; do sleep 1; done\" & "
                + "while [ ! -s child ]; do sleep 0.02; done; echo there; wait";
        try (var running = Processes.shell(folder, script).start(Output.of(Place.ANYWHERE))) {
            assertThat(Processes.comes(() -> running.lastWords().equals("there")))
                    .isTrue();
            long child =
                    Long.parseLong(Files.readString(folder.resolve("child")).strip());
            assertThat(Processes.alive(child)).isTrue();
            running.end();

            assertThat(running.alive()).isFalse();
            assertThat(Processes.comes(() -> !Processes.alive(child))).isTrue();
        }
    }

    @Test
    void aChildThatIsLeftBehind_holdsNobodyUp_andIsGone() throws Exception {
        try (var running =
                Processes.shell(folder, "sleep 1000 & echo $! > child; exit 0").start(Output.of(Place.ANYWHERE))) {
            assertThat(running.await()).isZero();
            running.end();
            long child =
                    Long.parseLong(Files.readString(folder.resolve("child")).strip());

            assertThat(Processes.comes(() -> !Processes.alive(child))).isTrue();
        }
    }

    @Test
    void itsLastWords_areTenLinesOfStandardError_elseOfStandardOutput() throws Exception {
        var twenty = "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do echo line $i";

        assertThat(said(Processes.shell(folder, twenty + " >&2; done; echo out"))
                        .lines())
                .hasSize(10)
                .startsWith("line 11")
                .endsWith("line 20");
        assertThat(said(Processes.shell(folder, twenty + "; done")).lines()).endsWith("line 20");
        assertThat(said(Processes.shell(folder, "printf '\\033[31mred\\033[0m\\a 1\\r2\\n'")))
                .isEqualTo("red 1\n2");
        assertThat(said(Processes.shell(folder, "head -c 100000 /dev/zero | tr '\\0' x")))
                .hasSize(2000);
    }
}
