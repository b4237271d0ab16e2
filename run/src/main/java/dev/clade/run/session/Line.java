package dev.clade.run.session;

import dev.clade.run.session.Message.FromProgram;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// A connection with a program, line by line. No more of a line is kept than the protocol allows. Used by one thread;
/// any may close it, which ends what that thread waits for.
final class Line implements AutoCloseable {

    private static final int USUAL = 1 << 14;

    /// The most that is read at once [bytes].
    private static final int AT_ONCE = 1 << 16;

    private static final long LOOK_AGAIN = 1000;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private byte[] buffer = new byte[USUAL];
    private int start;
    private int searched;
    private int end;

    Line(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        this.selector = Selector.open();
        this.key = channel.register(selector, SelectionKey.OP_READ);
    }

    /// The next message, waiting for it at most so long; of what is there already it is the first.
    ///
    /// @throws EOFException where the program has closed the line
    /// @throws dev.clade.fault.Fault 3503 or 3504 where it is none
    Optional<FromProgram> next(long millis) throws IOException {
        boolean waited = false;
        while (true) {
            int newline = newline();
            if (newline >= 0) {
                int from = start;
                start = newline + 1;
                searched = start;
                return Optional.of(Codec.read(buffer, from, newline - from));
            }
            if (!read()) {
                if (waited) {
                    return Optional.empty();
                }
                waitFor(SelectionKey.OP_READ, millis);
                waited = true;
            }
        }
    }

    private int newline() {
        for (; searched < end; searched++) {
            if (buffer[searched] == '\n') {
                return searched;
            }
        }
        return -1;
    }

    private boolean read() throws IOException {
        makeRoom();
        int count = channel.read(ByteBuffer.wrap(buffer, end, Math.min(buffer.length - end, AT_ONCE)));
        if (count < 0) {
            throw new EOFException("the program has closed the line");
        }
        end += count;
        return count > 0;
    }

    private void makeRoom() {
        int held = end - start;
        if (held > Codec.LONGEST) {
            throw Breach.tooLong(held);
        }
        if (held == 0 && buffer.length > AT_ONCE) {
            buffer = new byte[USUAL];
        } else if (end == buffer.length) {
            var from = buffer;
            buffer = start > 0 ? from : new byte[Math.min(2 * from.length, Codec.LONGEST + 1)];
            System.arraycopy(from, start, buffer, 0, held);
        } else {
            return;
        }
        searched -= start;
        start = 0;
        end = held;
    }

    private void waitFor(int operation, long millis) throws IOException {
        try {
            key.interestOps(operation);
            if (millis > 0) {
                selector.select(millis);
            } else {
                selector.selectNow();
            }
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException | java.nio.channels.CancelledKeyException e) {
            throw closed(e);
        }
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    private static ClosedChannelException closed(RuntimeException cause) {
        var closed = new ClosedChannelException();
        closed.initCause(cause);
        return closed;
    }

    /// Says all of it, however long the program takes to read.
    void say(byte[] lines) throws IOException {
        var left = ByteBuffer.wrap(lines);
        while (left.hasRemaining()) {
            if (channel.write(left) == 0) {
                waitFor(SelectionKey.OP_WRITE, LOOK_AGAIN);
            }
        }
    }

    /// Says as much as goes at once.
    void sayIfPossible(byte[] lines) {
        try {
            channel.write(ByteBuffer.wrap(lines));
        } catch (IOException e) {
            // it does not hear any more
        }
    }

    /// Whether the program has hung up, as far as is known; what it said is not lost.
    boolean ended() {
        try {
            if (end - start < Codec.LONGEST) {
                read();
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            selector.close();
        } catch (IOException e) {
            // it is of no use any more, closed or not
        }
    }
}
