package dev.clade.bench.paper;

import dev.clade.bench.paper.Svg.Anchor;
import dev.clade.bench.paper.Svg.Point;
import dev.clade.study.statistics.Band;
import dev.clade.study.statistics.Bootstrap;
import dev.clade.study.statistics.Centre;
import dev.clade.study.statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/// The best reading so far of the selection metric over members' steps: the mean over seeds, with its 95 % interval,
/// place by place.
record CurvesPicture(Results results) {

    private static final double WIDTH = 760;
    private static final double HEIGHT = 400;
    private static final int PLACES = 200;
    private static final Bootstrap BOOTSTRAP = new Bootstrap(17111846, 2_000);

    /// What lies left of this share of the steps does not stretch the axis: first readings are far from all others.
    private static final double SETTLED = 0.1;

    String file() {
        var bands = bands();
        double end = bands.values().stream()
                .mapToDouble(b -> b.places().getLast().at())
                .max()
                .orElse(1);
        var metric = results.specification().metric();
        var svg = new Svg(WIDTH, HEIGHT);
        double labels = bands.keySet().stream()
                .mapToDouble(a -> Svg.width(a.name(), 13))
                .max()
                .orElse(0);
        var panel = new Panel(
                svg, new Axis(Axis.Scale.LINEAR, 0, end, 62, WIDTH - 20 - labels), up(bands, end, HEIGHT - 56, 46));
        svg.bold(14, 24, "Best " + metric.name() + " of the population so far: the metric of selection", 14);
        panel.grid(8, 6).below(results.specification().unit() + "s of a member");
        panel.clipped();
        int i = 0;
        for (var band : bands.values()) {
            draw(panel, band, i++);
        }
        svg.unclipped();
        label(panel, bands);
        return svg.file(results.specification().name() + ": learning curves");
    }

    private SortedMap<Arm, Band> bands() {
        var bands = new TreeMap<Arm, Band>();
        for (var arm : results.arms()) {
            var curves = results.of(arm).values().stream().map(Result::curve).toList();
            var band = Band.of(curves, PLACES, Centre.MEAN, BOOTSTRAP);
            if (!band.places().isEmpty()) {
                bands.put(arm, band);
            }
        }
        return bands;
    }

    /// Holds all lines, and intervals that reach as far again: of few seeds they may be wider than anything measured.
    private static Axis up(SortedMap<Arm, Band> bands, double end, double bottom, double top) {
        var places = bands.values().stream()
                .flatMap(b -> b.places().stream())
                .filter(p -> p.at() >= SETTLED * end)
                .toList();
        double low = places.stream().mapToDouble(Band.Place::value).min().orElse(0);
        double high = places.stream().mapToDouble(Band.Place::value).max().orElse(1);
        double reach = high - low;
        double least = low;
        double most = high;
        for (var place : places) {
            if (place.interval().isPresent()) {
                least = Math.min(least, Math.max(place.interval().get().low(), low - reach));
                most = Math.max(most, Math.min(place.interval().get().high(), high + reach));
            }
        }
        return Axis.around(least, most, bottom, top);
    }

    private static void draw(Panel panel, Band band, int which) {
        var colour = Svg.colour(which);
        var line = new ArrayList<Point>();
        var edge = new ArrayList<Point>();
        for (var place : band.places()) {
            line.add(panel.at(place.at(), place.value()));
            place.interval().map(Interval::low).ifPresent(low -> edge.add(panel.at(place.at(), low)));
        }
        for (var place : band.places().reversed()) {
            place.interval().map(Interval::high).ifPresent(high -> edge.add(panel.at(place.at(), high)));
        }
        if (!edge.isEmpty()) {
            panel.svg().area(edge, colour, 0.14);
        }
        panel.svg().path(line, colour, 2.2, 1, Svg.dashes(which));
    }

    /// Names at the ends of the lines, moved apart where lines end close to one another.
    private static void label(Panel panel, SortedMap<Arm, Band> bands) {
        record Label(Arm arm, String colour, double end) {}
        var labels = new ArrayList<Label>();
        for (var arm : bands.keySet()) {
            var last = bands.get(arm).places().getLast();
            labels.add(new Label(arm, Svg.colour(labels.size()), panel.y().at(last.value())));
        }
        labels.sort(Comparator.comparingDouble(Label::end));
        var places = Spread.of(labels.stream().map(Label::end).toList(), 16, panel.top(), panel.bottom());
        for (int i = 0; i < labels.size(); i++) {
            var label = labels.get(i);
            panel.svg()
                    .text(panel.right() + 8, places.get(i) + 4, label.arm().name(), Anchor.START, 13, label.colour());
        }
    }
}
