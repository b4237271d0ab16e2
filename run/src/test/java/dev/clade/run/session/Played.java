package dev.clade.run.session;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/// A program that is played by the test, in this process.
final class Played implements Host {

    static final String TOKEN = "9f86d081884c7d659a2feaa0c55ad015";

    private final Player player;
    volatile boolean ended;

    /// Plays it, on a thread of its own.
    @FunctionalInterface
    interface Player {
        void plays(Path socket);
    }

    Played(Player player) {
        this.player = player;
    }

    @Override
    public Guest start() throws IOException {
        var door = Door.ofItsOwn(TOKEN);
        ended = false;
        Thread.ofPlatform().daemon().start(() -> player.plays(door.path()));
        return new Guest() {
            @Override
            public Door door() {
                return door;
            }

            @Override
            public void connected() {
                door.close();
            }

            @Override
            public boolean alive() {
                return !ended;
            }

            @Override
            public OptionalInt exited() {
                return OptionalInt.empty();
            }

            @Override
            public void leave(Duration grace) {
                close();
            }

            @Override
            public void kill() {
                ended = true;
            }

            @Override
            public String lastWords() {
                return "";
            }

            @Override
            public void close() {
                ended = true;
                door.close();
            }
        };
    }

    @Override
    public void segment(int member, int segment) {}

    @Override
    public void close() {}
}
