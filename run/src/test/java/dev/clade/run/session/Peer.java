package dev.clade.run.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The program's end of a line, as raw text.
final class Peer implements AutoCloseable {

    private final SocketChannel channel;
    private final BufferedReader reader;

    Peer(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        reader = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
    }

    void says(String text) throws IOException {
        raw((text + "\n").getBytes(StandardCharsets.UTF_8), 1);
    }

    /// The same bytes so many times, with no end of line.
    void raw(byte[] part, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            var bytes = ByteBuffer.wrap(part);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /// The next line, or `(end)`.
    String hears() throws IOException {
        var line = reader.readLine();
        return line == null ? "(end)" : line;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
