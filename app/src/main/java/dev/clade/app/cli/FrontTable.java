package dev.clade.app.cli;

import dev.clade.population.Finals;
import dev.clade.population.Metric;
import dev.clade.population.Pair;
import dev.clade.population.Specification;
import dev.clade.trainer.Evaluation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The front of an experiment with several metrics, for people and for programs.
record FrontTable(Seen seen) {

    private static final int ROWS = 10;

    /// Whether there is anything to say.
    boolean present() {
        return !seen.population().front().pairs().isEmpty();
    }

    /// A few of the front, far apart, the best by the first metric first.
    void print(PrintWriter out) {
        var front = seen.population().front();
        var shown = front.scattered().stream()
                .limit(ROWS)
                .sorted(Comparator.comparingDouble(
                        p -> -specification().metric().score(p.evaluation())))
                .toList();
        int all = front.pairs().size();
        out.println("The front: what nobody has measured better in every metric"
                + (all > ROWS ? ", " + ROWS + " of " + all + ", far apart" : "") + ":");
        var afresh = shown.stream().anyMatch(p -> afresh(p).isPresent());
        var heads = new ArrayList<>(List.of("member", "segment", specification().unit()));
        metrics().forEach(m -> heads.add(m.name()));
        metrics().stream().filter(_ -> afresh).forEach(m -> heads.add(m.name() + " afresh"));
        var table = new Table(heads);
        for (var pair : shown) {
            var row = new ArrayList<>(List.of(
                    pair.member().toString(), Integer.toString(pair.segment()), Long.toString(pair.lineageStep())));
            metrics().forEach(m -> row.add(value(m, pair.evaluation())));
            metrics().stream()
                    .filter(_ -> afresh)
                    .forEach(m -> row.add(afresh(pair).map(e -> value(m, e)).orElse("-")));
            table.row(row);
        }
        table.print(out, "  ");
    }

    /// All of it.
    List<Document> document() {
        return seen.population().front().pairs().stream()
                .map(pair -> new Document()
                        .with("member", pair.member())
                        .with("segment", pair.segment())
                        .with("step", pair.step())
                        .with("lineage_step", pair.lineageStep())
                        .with("metrics", metrics(pair.evaluation()))
                        .with("afresh", afresh(pair).map(this::metrics))
                        .with("hyperparameters", pair.values())
                        .with("checkpoint", pair.checkpoint()))
                .toList();
    }

    private Document metrics(Evaluation evaluation) {
        var document = new Document();
        metrics().forEach(m -> document.with(m.name(), m.oriented(m.score(evaluation))));
        return document;
    }

    /// What it measured in the finals, if it was a candidate.
    private Optional<Evaluation> afresh(Pair pair) {
        return seen.population().finals().flatMap(finals -> result(finals, pair));
    }

    private static Optional<Evaluation> result(Finals finals, Pair pair) {
        for (int i = 0; i < finals.candidates().size(); i++) {
            if (finals.candidates().get(i).root().equals(pair.root())) {
                return finals.results().get(i);
            }
        }
        return Optional.empty();
    }

    private Specification specification() {
        return seen.specification();
    }

    private List<Metric> metrics() {
        return specification().objectives();
    }

    private static String value(Metric metric, Evaluation evaluation) {
        return Text.number(metric.oriented(metric.score(evaluation)));
    }
}
