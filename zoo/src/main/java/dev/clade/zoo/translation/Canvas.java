package dev.clade.zoo.translation;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;

/// Two pictures of text.
final class Canvas {

    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    private static final Color INK = new Color(0x22, 0x22, 0x22);
    private static final Color GREY = new Color(0x66, 0x66, 0x66);
    private static final Color LINE = new Color(0xDD, 0xDD, 0xDD);
    private static final int MARGIN = 12;
    private static final int CELL = 24;
    private static final int ROW = 20;
    private static final int COLUMN = 380;

    private final BufferedImage image;
    private final Graphics2D pen;

    private Canvas(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setFont(FONT);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, width, height);
        pen.setColor(INK);
    }

    private static FontMetrics metrics() {
        return new Canvas(1, 1).pen.getFontMetrics();
    }

    /// Where each symbol that is written looks: a row for each, a column for each symbol that is read, the
    /// darker the more.
    ///
    /// @param shares in `[0, 1]`, row by row
    static void attention(Path file, List<String> read, List<String> written, float[] shares) throws IOException {
        var metrics = metrics();
        int left =
                MARGIN + written.stream().mapToInt(metrics::stringWidth).max().orElse(0) + 8;
        int top = MARGIN + read.stream().mapToInt(metrics::stringWidth).max().orElse(0) + 8;
        var canvas = new Canvas(left + read.size() * CELL + MARGIN, top + written.size() * CELL + MARGIN);
        for (int row = 0; row < written.size(); row++) {
            var word = written.get(row);
            canvas.pen.setColor(INK);
            canvas.pen.drawString(word, left - 8 - metrics.stringWidth(word), top + row * CELL + 17);
            for (int column = 0; column < read.size(); column++) {
                canvas.pen.setColor(shade(shares[row * read.size() + column]));
                canvas.pen.fillRect(left + column * CELL, top + row * CELL, CELL - 1, CELL - 1);
            }
        }
        canvas.pen.setColor(INK);
        canvas.pen.translate(left, top - 8);
        canvas.pen.rotate(-Math.PI / 2);
        for (int column = 0; column < read.size(); column++) {
            canvas.pen.drawString(read.get(column), 0, column * CELL + 17);
        }
        canvas.write(file);
    }

    /// White to a dark blue.
    private static Color shade(float share) {
        float ink = Math.clamp(share, 0, 1);
        return new Color(1 - ink * 0.9f, 1 - ink * 0.75f, 1 - ink * 0.45f);
    }

    /// A table under a head. Text that is too long for its column is broken between words.
    static void table(Path file, List<String> head, List<List<String>> rows) throws IOException {
        var metrics = metrics();
        var cells = new ArrayList<List<List<String>>>();
        for (var row : rows) {
            cells.add(row.stream().map(text -> broken(text, metrics)).toList());
        }
        int height = 2 * MARGIN
                + ROW
                + cells.stream().mapToInt(row -> lines(row) * ROW + MARGIN).sum();
        var canvas = new Canvas(2 * MARGIN + head.size() * COLUMN, height);
        canvas.pen.setColor(GREY);
        canvas.row(head.stream().map(List::of).toList(), MARGIN);
        int y = MARGIN + ROW;
        for (var row : cells) {
            canvas.pen.setColor(LINE);
            canvas.pen.drawLine(MARGIN, y + 2, canvas.image.getWidth() - MARGIN, y + 2);
            canvas.pen.setColor(INK);
            canvas.row(row, y + MARGIN / 2);
            y += lines(row) * ROW + MARGIN;
        }
        canvas.write(file);
    }

    private static int lines(List<List<String>> row) {
        return row.stream().mapToInt(List::size).max().orElse(1);
    }

    private void row(List<List<String>> cells, int y) {
        for (int column = 0; column < cells.size(); column++) {
            var lines = cells.get(column);
            for (int i = 0; i < lines.size(); i++) {
                pen.drawString(lines.get(i), MARGIN + column * COLUMN, y + i * ROW + 15);
            }
        }
    }

    private static List<String> broken(String text, FontMetrics metrics) {
        var lines = new ArrayList<>(List.of(""));
        for (var word : text.split(" ")) {
            var longer = lines.getLast().isEmpty() ? word : lines.getLast() + " " + word;
            if (lines.getLast().isEmpty() || metrics.stringWidth(longer) < COLUMN - MARGIN) {
                lines.set(lines.size() - 1, longer);
            } else {
                lines.add(word);
            }
        }
        return Collections.unmodifiableList(lines);
    }

    private void write(Path file) throws IOException {
        pen.dispose();
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("this Java writes no PNG");
        }
    }
}
