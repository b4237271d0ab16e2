package dev.clade.run.session;

import java.time.Duration;
import java.util.OptionalInt;

/// Programs that somebody else starts, and that come when they like: a notebook, again and again.
record Awaited(Door door) implements Host {

    @Override
    public Guest start() {
        return new Stranger(door);
    }

    @Override
    public void segment(int member, int segment) {}

    @Override
    public void close() {
        door.close();
    }

    /// Of whom nothing is known but what comes on the line.
    private record Stranger(Door door) implements Guest {

        @Override
        public void connected() {}

        @Override
        public boolean alive() {
            return true;
        }

        @Override
        public OptionalInt exited() {
            return OptionalInt.empty();
        }

        @Override
        public void leave(Duration grace) {}

        @Override
        public void kill() {}

        @Override
        public String lastWords() {
            return "";
        }

        @Override
        public void close() {}
    }
}
