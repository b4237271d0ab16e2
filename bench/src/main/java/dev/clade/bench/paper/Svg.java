package dev.clade.bench.paper;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A drawing on white, in SVG: lengths in pixels, the origin at the top left. It fetches nothing, fonts included.
final class Svg {

    /// Colours that people with any vision tell apart (Okabe and Ito 2008), without their yellow, which white drowns.
    static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#7f5539", "#4b4b4b");

    static final String INK = "#24292f";
    static final String FAINT = "#6e7781";
    static final String GRID = "#e4e7eb";

    /// The width of an average letter, in heights of the font.
    private static final double LETTER = 0.56;

    private final double width;
    private final double height;
    private final StringBuilder body = new StringBuilder();
    private int clips;

    record Point(double x, double y) {}

    /// Where a text ends up, seen from its point.
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    Svg(double width, double height) {
        this.width = width;
        this.height = height;
    }

    /// How the n-th of several lines is broken, so that those of one colour are told apart: dashes and gaps.
    static String dashes(int n) {
        return switch (n / COLOURS.size()) {
            case 0 -> "none";
            case 1 -> "7 4";
            default -> "2 4";
        };
    }

    /// The colour of the n-th of several.
    static String colour(int n) {
        return COLOURS.get(n % COLOURS.size());
    }

    /// About how wide a text is.
    static double width(String text, double size) {
        return LETTER * size * text.length();
    }

    Svg line(double x1, double y1, double x2, double y2, String colour, double thickness) {
        return add(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>",
                at(x1), at(y1), at(x2), at(y2), colour, at(thickness));
    }

    Svg path(List<Point> points, String colour, double thickness, double opacity) {
        return path(points, colour, thickness, opacity, "none");
    }

    /// @param dashes as SVG's `stroke-dasharray` has them
    Svg path(List<Point> points, String colour, double thickness, double opacity, String dashes) {
        return add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-opacity=\"%s\""
                        + " stroke-dasharray=\"%s\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>",
                points(points), colour, at(thickness), at(opacity), dashes);
    }

    Svg area(List<Point> points, String colour, double opacity) {
        return add("<polygon points=\"%s\" fill=\"%s\" fill-opacity=\"%s\"/>", points(points), colour, at(opacity));
    }

    Svg dot(double x, double y, double radius, String colour, double opacity) {
        return add(
                "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\" fill-opacity=\"%s\"/>",
                at(x), at(y), at(radius), colour, at(opacity));
    }

    Svg text(double x, double y, String text, Anchor anchor, double size, String colour) {
        return add(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"%s\" fill=\"%s\">%s</text>",
                at(x), at(y), anchor.name().toLowerCase(Locale.ROOT), at(size), colour, escaped(text));
    }

    Svg bold(double x, double y, String text, double size) {
        return add(
                "<text x=\"%s\" y=\"%s\" font-size=\"%s\" font-weight=\"600\" fill=\"%s\">%s</text>",
                at(x), at(y), at(size), INK, escaped(text));
    }

    /// What is drawn until [#unclipped] shows only within a rectangle.
    Svg clipped(double x, double y, double wide, double high) {
        int number = clips++;
        return add(
                "<clipPath id=\"c%s\"><rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/></clipPath>"
                        + "<g clip-path=\"url(#c%s)\">",
                Integer.toString(number), at(x), at(y), at(wide), at(high), Integer.toString(number));
    }

    Svg unclipped() {
        return add("</g>");
    }

    private Svg add(String format, Object... values) {
        body.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }

    private static String points(List<Point> points) {
        return points.stream().map(p -> at(p.x()) + "," + at(p.y())).collect(Collectors.joining(" "));
    }

    private static String at(double length) {
        return String.format(Locale.ROOT, "%.2f", length).replaceFirst("[.]?0+$", "");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace(" - ", " \u2212 ");
    }

    /// The whole file.
    String file(String title) {
        return String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$s %2$s" width="%1$s" height="%2$s" \
                font-family="Helvetica, Arial, sans-serif" role="img">
                <title>%3$s</title>
                <rect width="%1$s" height="%2$s" fill="#ffffff"/>
                %4$s</svg>
                """, at(width), at(height), escaped(title), body);
    }
}
