package dev.clade.bench.paper;

import dev.clade.bench.paper.Svg.Anchor;
import dev.clade.study.statistics.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A row for each arm: its score of a measure beside the difference to one arm, each a dot with its 95 % interval;
/// the small dots below are single seeds.
record ArmsPicture(Results results, Arm against, Measure measure) {

    private static final double WIDTH = 760;
    private static final double ROW = 28;
    private static final double TOP = 66;
    private static final double GAP = 46;

    /// How much further than the single seeds intervals may reach before they are cut: of few seeds they are wide.
    private static final double REACH = 1.5;

    /// A column of dots.
    private record Row(Arm arm, Estimate estimate, List<Double> seeds) {}

    String file() {
        var arms = results.arms();
        double bottom = TOP + ROW * arms.size();
        var svg = new Svg(WIDTH, bottom + 52);
        double names = 14
                + arms.stream().mapToDouble(a -> Svg.width(a.name(), 13)).max().orElse(0);
        double half = (WIDTH - 26 - names - GAP) / 2;
        svg.bold(14, 24, title(), 14);
        for (int i = 0; i < arms.size(); i++) {
            if (i % 2 == 0) {
                svg.area(
                        List.of(
                                new Svg.Point(8, TOP + ROW * i),
                                new Svg.Point(WIDTH - 8, TOP + ROW * i),
                                new Svg.Point(WIDTH - 8, TOP + ROW * (i + 1)),
                                new Svg.Point(8, TOP + ROW * (i + 1))),
                        "#f6f8fa",
                        1);
            }
            svg.text(14, TOP + ROW * (i + 0.5) + 4.5, arms.get(i).name(), Anchor.START, 13, Svg.INK);
        }
        column(svg, names + 12, names + 12 + half, bottom, measure.metric(), rows(this::score), false);
        column(svg, WIDTH - 14 - half, WIDTH - 14, bottom, "minus " + against, rows(this::difference), true);
        return svg.file(title());
    }

    private String title() {
        return measure.metric()
                + (measure.reported() ? ", reported" : ", by which members are selected, measured afresh")
                + measure.mode()
                        .map(m -> ": " + (m == dev.clade.population.Metric.Mode.MAX ? "more" : "less") + " is better")
                        .orElse("");
    }

    private List<Row> rows(Function<Arm, List<Double>> seeds) {
        var rows = new ArrayList<Row>();
        for (var arm : results.arms()) {
            var values = seeds.apply(arm);
            Results.estimate(values).ifPresent(e -> rows.add(new Row(arm, e, values)));
        }
        return rows;
    }

    private List<Double> score(Arm arm) {
        return List.copyOf(results.values(arm, measure).values());
    }

    private List<Double> difference(Arm arm) {
        return arm.equals(against) ? List.of() : results.differences(arm, against, measure);
    }

    private void column(Svg svg, double left, double right, double bottom, String title, List<Row> rows, boolean zero) {
        svg.text((left + right) / 2, TOP - 14, title, Anchor.MIDDLE, 12, Svg.FAINT);
        if (rows.isEmpty()) {
            return;
        }
        var panel = new Panel(svg, across(rows, left, right, zero), new Axis(Axis.Scale.LINEAR, 0, 1, bottom, TOP));
        panel.across(5);
        if (zero) {
            svg.line(panel.x().at(0), TOP, panel.x().at(0), bottom, Svg.FAINT, 1.2);
        }
        panel.clipped();
        for (var row : rows) {
            int place = results.arms().indexOf(row.arm());
            double y = TOP + ROW * place + 10;
            var colour = row.arm().equals(against) ? Svg.INK : Svg.colour(0);
            row.estimate()
                    .interval()
                    .ifPresent(i -> svg.line(panel.x().at(i.low()), y, panel.x().at(i.high()), y, colour, 2.2));
            row.seeds().forEach(s -> svg.dot(panel.x().at(s), y + 9, 2, Svg.FAINT, 0.7));
            svg.dot(panel.x().at(row.estimate().value()), y, 4.6, colour, 1);
        }
        svg.unclipped();
    }

    private static Axis across(List<Row> rows, double left, double right, boolean zero) {
        var seeds =
                new ArrayList<>(rows.stream().flatMap(r -> r.seeds().stream()).toList());
        if (zero) {
            seeds.add(0.0);
        }
        double low = seeds.stream().mapToDouble(v -> v).min().orElse(0);
        double high = seeds.stream().mapToDouble(v -> v).max().orElse(1);
        double reach = REACH * (high - low);
        double least = low;
        double most = high;
        for (var row : rows) {
            if (row.estimate().interval().isPresent()) {
                var interval = row.estimate().interval().get();
                least = Math.min(least, Math.max(interval.low(), low - reach));
                most = Math.max(most, Math.min(interval.high(), high + reach));
            }
        }
        return Axis.around(least, most, left, right);
    }
}
