package dev.clade.bench.paper;

import dev.clade.bench.paper.Svg.Anchor;

/// A rectangle of a drawing with two axes.
record Panel(Svg svg, Axis x, Axis y) {

    private static final double SIZE = 11.5;
    private static final double GAP = 6;

    double left() {
        return x.from();
    }

    double right() {
        return x.to();
    }

    double top() {
        return y.to();
    }

    double bottom() {
        return y.from();
    }

    /// Grid lines with their numbers.
    Panel grid(int acrossMost, int upMost) {
        for (var tick : y.ticks(upMost)) {
            double at = y.at(tick.value());
            svg.line(left(), at, right(), at, Svg.GRID, 1);
            svg.text(left() - GAP, at + SIZE / 3, tick.label(), Anchor.END, SIZE, Svg.FAINT);
        }
        return across(acrossMost);
    }

    /// Numbers below, and the base line.
    Panel across(int most) {
        for (var tick : x.ticks(most)) {
            double at = x.at(tick.value());
            svg.line(at, bottom(), at, bottom() + 4, Svg.FAINT, 1);
            svg.text(at, bottom() + 4 + GAP + SIZE * 0.7, tick.label(), Anchor.MIDDLE, SIZE, Svg.FAINT);
        }
        svg.line(left(), bottom(), right(), bottom(), Svg.FAINT, 1);
        return this;
    }

    /// What the axis below is of.
    Panel below(String what) {
        svg.text((left() + right()) / 2, bottom() + 38, what, Anchor.MIDDLE, 12, Svg.INK);
        return this;
    }

    Svg.Point at(double across, double up) {
        return new Svg.Point(x.at(across), y.at(up));
    }

    Panel clipped() {
        svg.clipped(left(), top(), right() - left(), bottom() - top());
        return this;
    }
}
