package dev.clade.run.session;

import dev.clade.run.process.Output;
import dev.clade.run.process.Program;
import dev.clade.run.process.Running;
import dev.clade.trainer.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// Programs that Clade starts, one after another, for one slot.
final class Started implements Host {

    /// What the protocol adds to a program's variables.
    static final List<String> VARIABLES = List.of("CLADE_SOCKET", "CLADE_TOKEN", "CLADE_PROTOCOL", "CLADE_SLOT");

    private static final int TOKEN_BYTES = 16;

    private final List<String> argv;
    private final Path folder;
    private final SortedMap<String, String> environment;
    private final int slot;
    private final Output output;

    /// @param environment all but what the protocol adds
    Started(List<String> argv, Path folder, SortedMap<String, String> environment, Place place) {
        this.argv = argv;
        this.folder = folder;
        this.environment = environment;
        this.slot = place.slot();
        this.output = Output.of(place);
    }

    @Override
    public Guest start() throws IOException {
        var door = Door.ofItsOwn(token());
        try {
            var variables = new TreeMap<>(environment);
            variables.putAll(variables(door, slot));
            return new Own(door, new Program(argv, folder, variables).start(output));
        } catch (IOException | RuntimeException e) {
            door.close();
            throw e;
        }
    }

    private static String token() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// What a program needs to find its way.
    static SortedMap<String, String> variables(Door door, int slot) {
        var variables = new TreeMap<String, String>();
        variables.put("CLADE_SOCKET", door.path().toString());
        variables.put("CLADE_TOKEN", door.token());
        variables.put("CLADE_PROTOCOL", Integer.toString(Codec.VERSION));
        variables.put("CLADE_SLOT", Integer.toString(slot));
        return variables;
    }

    @Override
    public void segment(int member, int segment) {
        output.segment(member, segment);
    }

    @Override
    public void close() {
        output.close();
    }

    /// A program with its process group.
    private record Own(Door door, Running running) implements Guest {

        @Override
        public void connected() {
            door.close();
        }

        @Override
        public boolean alive() {
            return running.alive();
        }

        @Override
        public OptionalInt exited() {
            return running.exited();
        }

        @Override
        public void leave(Duration grace) {
            try {
                if (!running.await(grace)) {
                    running.terminate(grace);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            close();
        }

        @Override
        public void kill() {
            running.kill();
        }

        @Override
        public String lastWords() {
            return running.lastWords();
        }

        @Override
        public void close() {
            running.close();
            door.close();
        }
    }
}
