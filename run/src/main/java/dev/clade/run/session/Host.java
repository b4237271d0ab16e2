package dev.clade.run.session;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;

/// Whoever has the program that connects: it is started for each session, or somebody else has done so.
interface Host extends AutoCloseable {

    /// Opens the door for a program, and starts it where it is ours to start.
    Guest start() throws IOException;

    /// From here on what is printed belongs to this segment.
    void segment(int member, int segment);

    @Override
    void close();

    /// A program that was started, or waited for. Any thread may call.
    interface Guest extends AutoCloseable {

        Door door();

        /// It has connected: nobody else shall.
        void connected();

        boolean alive();

        /// Its exit status, once it has ended: 128 + n where a signal n has ended it.
        OptionalInt exited();

        /// Waits for its end, then asks for it (SIGTERM), then makes it (SIGKILL).
        void leave(Duration grace);

        /// Ends it with all that it has started, and does not wait.
        void kill();

        /// The last that it has said on standard error.
        String lastWords();

        /// Ends it with all that it has started.
        @Override
        void close();
    }
}
