package dev.clade.bench.paper;

import dev.clade.bench.paper.Axis.Scale;
import dev.clade.bench.paper.Svg.Anchor;
import dev.clade.bench.paper.Svg.Point;
import dev.clade.population.Lineage;
import dev.clade.space.Domain;
import dev.clade.space.Parameter;
import dev.clade.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The winners' hyperparameters over the steps of their weights: a panel for each, or each element of one, a line for
/// each seed. An axis is the whole domain, on its own scale.
record SchedulesPicture(Results results, Arm arm) {

    private static final double WIDTH = 860;
    private static final double HEIGHT = 190;
    private static final double TOP = 62;
    private static final int ACROSS = 3;
    private static final double MARGIN = 46;

    /// What one panel shows.
    private record Shown(Parameter parameter, int element) {
        String title() {
            return parameter.size() == 0 ? parameter.name() : parameter.name() + "[" + element + "]";
        }
    }

    String file() {
        var shown = shown();
        int across = Math.min(ACROSS, Math.max(1, shown.size()));
        int down = Math.ceilDiv(shown.size(), across);
        var svg = new Svg(WIDTH, TOP + HEIGHT * down + 28);
        svg.bold(14, 24, "What the weights of " + arm + "'s winners trained with", 14);
        legend(svg);
        double each = (WIDTH - 14) / across;
        for (int i = 0; i < shown.size(); i++) {
            int row = i / across;
            double left = each * (i % across) + MARGIN + 8;
            double top = TOP + HEIGHT * row + 10;
            draw(svg, shown.get(i), left, left + each - MARGIN - 22, top + 14, top + HEIGHT - 44);
        }
        svg.text(
                WIDTH / 2,
                TOP + HEIGHT * down + 14,
                results.specification().unit() + "s that the weights have seen",
                Anchor.MIDDLE,
                12,
                Svg.INK);
        return svg.file(results.specification().name() + ": schedules of " + arm);
    }

    private List<Shown> shown() {
        var shown = new ArrayList<Shown>();
        for (var parameter : results.specification().space().parameters()) {
            for (int i = 0; i < Math.max(1, parameter.size()); i++) {
                shown.add(new Shown(parameter, i));
            }
        }
        return shown;
    }

    private void legend(Svg svg) {
        double x = 14;
        int i = 0;
        for (long seed : results.of(arm).keySet()) {
            var name = "seed " + seed;
            svg.line(x, 42, x + 18, 42, Svg.colour(i++), 2.2);
            svg.text(x + 23, 46, name, Anchor.START, 12, Svg.FAINT);
            x += 40 + Svg.width(name, 12);
        }
    }

    private void draw(Svg svg, Shown shown, double left, double right, double top, double bottom) {
        double end = results.of(arm).values().stream()
                .flatMap(r -> r.schedule().stream())
                .mapToDouble(Lineage.Stage::to)
                .max()
                .orElse(1);
        var panel = new Panel(
                svg,
                new Axis(Scale.LINEAR, 0, end, left, right),
                up(shown.parameter().domain(), bottom, top));
        svg.bold(left, top - 8, shown.title(), 12);
        if (shown.parameter().domain() instanceof Domain.Choice choice) {
            panel.across(5);
            for (int i = 0; i < choice.options().size(); i++) {
                svg.text(
                        left - 6, panel.y().at(i) + 4, choice.options().get(i).toString(), Anchor.END, 11.5, Svg.FAINT);
            }
        } else {
            panel.grid(5, 4);
        }
        int i = 0;
        for (var result : results.of(arm).values()) {
            var points = points(panel, shown, result.schedule());
            if (!points.isEmpty()) {
                svg.path(points, Svg.colour(i), 1.8, 0.9);
            }
            i++;
        }
    }

    /// A value holds until the next is given.
    private static List<Point> points(Panel panel, Shown shown, List<Lineage.Stage> schedule) {
        var points = new ArrayList<Point>();
        for (var stage : schedule) {
            stage.values()
                    .find(shown.parameter().name())
                    .flatMap(v -> number(v, shown))
                    .ifPresent(v -> {
                        points.add(panel.at(stage.from(), v));
                        points.add(panel.at(stage.to(), v));
                    });
        }
        return points;
    }

    private static Optional<Double> number(Value value, Shown shown) {
        if (value instanceof Value.Vector vector) {
            return number(vector.elements().get(shown.element()), shown);
        }
        if (shown.parameter().domain() instanceof Domain.Choice choice) {
            int place = choice.options().indexOf(value);
            return place < 0 ? Optional.empty() : Optional.of((double) place);
        }
        return switch (value) {
            case Value.Real real -> Optional.of(real.value());
            case Value.Whole whole -> Optional.of((double) whole.value());
            case Value.Flag _, Value.Text _, Value.Vector _ -> Optional.empty();
        };
    }

    private static Axis up(Domain domain, double bottom, double top) {
        return switch (domain) {
            case Domain.Real real -> new Axis(scale(real.scale()), real.low(), real.high(), bottom, top);
            case Domain.Whole whole -> new Axis(scale(whole.scale()), whole.low(), whole.high(), bottom, top);
            case Domain.Choice choice ->
                new Axis(Scale.LINEAR, -0.5, choice.options().size() - 0.5, bottom, top);
        };
    }

    private static Scale scale(Domain.Scale scale) {
        return switch (scale) {
            case LINEAR -> Scale.LINEAR;
            case LOG -> Scale.LOG;
            case LOG_OF_COMPLEMENT -> Scale.LOG_OF_COMPLEMENT;
        };
    }
}
