package dev.clade.store.heap;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/// A file that is read or written. What was written is there at once.
final class HeapChannel implements SeekableByteChannel {

    private final Bytes bytes;
    private final boolean appends;
    private int position;
    private boolean closed;

    HeapChannel(Bytes bytes, boolean appends) {
        this.bytes = bytes;
        this.appends = appends;
    }

    private void open() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int read(ByteBuffer into) throws ClosedChannelException {
        open();
        var held = bytes.held;
        if (position >= held.length) {
            return -1;
        }
        int count = Math.min(into.remaining(), held.length - position);
        into.put(held, position, count);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws ClosedChannelException {
        open();
        var held = bytes.held;
        int at = appends ? held.length : position;
        int count = from.remaining();
        var more = Arrays.copyOf(held, Math.max(held.length, at + count));
        from.get(more, at, count);
        bytes.held = more;
        position = at + count;
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long next) {
        position = Math.toIntExact(next);
        return this;
    }

    @Override
    public long size() {
        return bytes.held.length;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        var held = bytes.held;
        if (size < held.length) {
            bytes.held = Arrays.copyOf(held, Math.toIntExact(size));
        }
        position = (int) Math.min(position, size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
