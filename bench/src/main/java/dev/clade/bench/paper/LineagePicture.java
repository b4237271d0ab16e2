package dev.clade.bench.paper;

import dev.clade.bench.paper.Axis.Scale;
import dev.clade.bench.paper.Svg.Anchor;
import dev.clade.bench.paper.Svg.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/// Who descends from whom in one experiment: a row for each member, a bar for each segment over the member's own steps.
/// Bars that somebody descends from in the end have the colour of their founder, thick those of the winner; lines that
/// died out are thin and grey. A line across is a copy.
record LineagePicture(String title, String unit, Descent descent) {

    private static final double WIDTH = 860;
    private static final double TOP = 40;
    private static final double ROW = 22;
    private static final double LEAST_ROW = 9;
    private static final double ROWS = 640;
    private static final double LEFT = 74;
    private static final String DEAD = "#c4c9cf";

    String file() {
        int members = 1
                + descent.spans().stream().mapToInt(Descent.Span::member).max().orElse(0);
        double row = Math.clamp(ROWS / members, LEAST_ROW, ROW);
        double bottom = TOP + row * members;
        long end = descent.spans().stream().mapToLong(Descent.Span::to).max().orElse(1);
        var svg = new Svg(WIDTH, bottom + 50);
        svg.bold(14, 24, title, 14);
        var panel = new Panel(
                svg,
                new Axis(Scale.LINEAR, 0, end, LEFT, WIDTH - 20),
                new Axis(Scale.LINEAR, members - 0.5, -0.5, bottom, TOP));
        panel.across(8).below(unit + "s of a member");
        for (int member = 0; member < members; member += row < ROW / 2 ? 5 : 1) {
            svg.text(LEFT - 8, panel.y().at(member) + 4, "member " + member, Anchor.END, 11.5, Svg.FAINT);
        }
        draw(panel);
        return svg.file(title);
    }

    private void draw(Panel panel) {
        var surviving = descent.surviving();
        var winning = descent.ancestry(descent.winner());
        var founders =
                surviving.stream().map(descent::founder).distinct().sorted().toList();
        for (var shown : List.of(dead(surviving), List.copyOf(surviving), List.copyOf(winning))) {
            for (int place : shown) {
                boolean alive = surviving.contains(place);
                var colour = alive ? Svg.colour(founders.indexOf(descent.founder(place))) : DEAD;
                bar(panel, place, colour, winning.contains(place) ? 6 : alive ? 3 : 1.5);
            }
        }
    }

    private List<Integer> dead(SortedSet<Integer> surviving) {
        var dead = new ArrayList<Integer>();
        for (int i = 0; i < descent.spans().size(); i++) {
            if (!surviving.contains(i)) {
                dead.add(i);
            }
        }
        return dead;
    }

    private void bar(Panel panel, int place, String colour, double thickness) {
        var span = descent.spans().get(place);
        panel.svg()
                .path(
                        List.of(panel.at(span.from(), span.member()), panel.at(span.to(), span.member())),
                        colour,
                        thickness,
                        1);
        span.parent()
                .ifPresent(
                        parent -> copy(panel, span, descent.spans().get(parent), colour, Math.min(2, thickness / 2)));
    }

    private static void copy(Panel panel, Descent.Span span, Descent.Span donor, String colour, double thickness) {
        if (donor.member() != span.member()) {
            Point from = panel.at(donor.to(), donor.member());
            panel.svg().path(List.of(from, panel.at(span.from(), span.member())), colour, thickness, 0.8);
        }
    }
}
