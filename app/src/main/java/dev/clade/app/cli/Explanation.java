package dev.clade.app.cli;

import dev.clade.pbt.Exploit;
import dev.clade.pbt.PopulationBasedTraining;
import dev.clade.pbt.Standing;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Event;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Metric;
import dev.clade.population.Pair;
import dev.clade.population.Segment;
import dev.clade.population.Specification;
import dev.clade.space.Domain;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Why a decision is as it is: what its basis held, and what followed from it. Nothing that came later is looked at.
///
/// @param position of the decision in the log
/// @param basis the population that it was made from
/// @param again what becomes of it when it is made again
record Explanation(long position, Event.Decided decided, Prefixes.At basis, Prefixes.Again again) {

    Specification specification() {
        return basis.population().specification();
    }

    MemberId who() {
        return decided.member();
    }

    /// The member as the decision saw it.
    Member member() {
        return basis.population().member(who());
    }

    Optional<Pair> own() {
        return member().standing();
    }

    String fact(String name) {
        return decided.decision().because().facts().getOrDefault(name, "");
    }

    /// Whose weights or hyperparameters it took over.
    Optional<MemberId> donor() {
        return number("donor");
    }

    /// With whom it was compared.
    Optional<MemberId> opponent() {
        return number("opponent");
    }

    private Optional<MemberId> number(String name) {
        return Optional.of(fact(name)).filter(d -> d.matches("\\d+")).map(d -> new MemberId(Integer.parseInt(d)));
    }

    /// The pair of another member that it was compared with or took over from.
    Optional<Pair> pair(MemberId other) {
        var place = standing()
                .flatMap(s ->
                        s.best().stream().filter(p -> p.member().equals(other)).findFirst())
                .flatMap(Standing.Place::pair);
        return place.or(() -> basis.population().find(other).flatMap(Member::standing));
    }

    double raw(Pair pair) {
        Metric metric = specification().metric();
        return metric.oriented(metric.score(pair.evaluation()));
    }

    private Optional<PopulationBasedTraining> pbt() {
        return basis.tuner()
                .flatMap(t -> t instanceof PopulationBasedTraining pbt ? Optional.of(pbt) : Optional.empty());
    }

    /// The ranking as the member saw it, where its tuner ranks.
    Optional<Standing> standing() {
        return decided.segment() == 0
                ? Optional.empty()
                : pbt().map(p -> p.ranking().of(basis.population(), who()));
    }

    /// Among whom the donor or the opponent was drawn.
    List<MemberId> drawnAmong() {
        var standing = standing();
        if (standing.isEmpty() || opponent().isEmpty()) {
            return List.of();
        }
        var others = standing.get().best().stream()
                .filter(p -> p.pair().isPresent() && p.score() > Double.NEGATIVE_INFINITY)
                .map(Standing.Place::member)
                .filter(m -> !m.equals(who()));
        boolean truncation =
                pbt().filter(p -> p.exploit() instanceof Exploit.Truncation).isPresent();
        if (!truncation || !fact("share").matches("\\d+")) {
            return others.sorted().toList();
        }
        var top = standing.get().best().stream()
                .limit(Math.max(Integer.parseInt(fact("share")), fact("failure").isEmpty() ? 0 : 1))
                .map(Standing.Place::member)
                .toList();
        return others.filter(top::contains).toList();
    }

    /// The address of the draw: whoever knows it draws the same.
    String key() {
        return "seed %d, member %s, decision %d, stream 'exploit'"
                .formatted(specification().seed(), who(), decided.segment());
    }

    // ---- what was decided

    /// What happened, in a few words.
    String what() {
        return switch (decided.decision()) {
            case Decision.Stop stop -> "stopped: " + stop.because().rule();
            case Decision.Wait wait -> "waited";
            case Decision.Train train -> trained(train);
        };
    }

    private String trained(Decision.Train train) {
        return switch (train.weights()) {
            case Weights.Of of -> "copied member " + of.donor();
            case Weights.Blend blend -> "blended with member " + blend.donor();
            case Weights.Fresh fresh -> decided.segment() == 0 ? "began" : "began anew";
            case Weights.Own own ->
                donor().map(d -> "took hyperparameters of member " + d).orElse("went on");
        };
    }

    /// Why, in a clause.
    String because() {
        var because = decided.decision().because();
        return switch (because.rule()) {
            case "begun" -> "fresh weights, values from the priors";
            case "truncation" -> truncation();
            case "t_test", "binary_tournament", "margin" -> duel(because.rule());
            case "no exploit" -> "nobody is ever copied";
            case "control" -> "a control: it neither gives nor takes";
            case "late" -> "its outcome missed the barrier";
            case "diverged", "failed", "retried", "begun anew" -> fact("failure");
            case Specification.OVER_BUDGET -> "the budget is spent";
            default -> because.facts().toString();
        };
    }

    private String truncation() {
        var rank = fact("rank");
        var share = fact("share");
        if (rank.equals("none")) {
            return "it has no rank yet";
        }
        if (!fact("failure").isEmpty()) {
            return "it had failed: " + fact("failure");
        }
        var place = "rank " + rank;
        if (opponent().isEmpty()) {
            return fact("donor").isEmpty() || donor().isPresent()
                    ? place + ", not among the last " + share
                    : place + ", and no healthy donor among the first " + share;
        }
        var lost = place + ", among the last " + share;
        return lost + (donor().isPresent() ? "" : outcome());
    }

    private String duel(String rule) {
        if (!fact("failure").isEmpty()) {
            return "it had failed: " + fact("failure");
        }
        if (opponent().isEmpty()) {
            return "nobody to compare itself with";
        }
        var against = "drew member " + opponent().get() + (fact("p").isEmpty() ? "" : ", p = " + shortly(fact("p")));
        if (donor().isPresent()) {
            return against + ", which is better" + (rule.equals("margin") ? " by more than " + fact("by") : "");
        }
        boolean decided = fact("tied").equals("yes") || !fact("twin").isEmpty();
        return against
                + (decided
                        ? outcome()
                        : switch (rule) {
                            case "t_test" -> ", which is not significantly better";
                            case "margin" -> ", which is not better by more than " + fact("by");
                            default -> ", which is no better";
                        });
    }

    private String outcome() {
        return fact("tied").equals("yes")
                ? ", but tied with member " + opponent().orElseThrow()
                : fact("twin").isEmpty()
                        ? ", but no better donor drawn"
                        : ", but member " + opponent().orElseThrow() + " has the same weights";
    }

    static String shortly(String number) {
        try {
            return Text.number(Double.parseDouble(number));
        } catch (NumberFormatException e) {
            return number;
        }
    }

    // ---- values

    /// One hyperparameter before and after.
    ///
    /// @param own the member's before
    /// @param inherited the donor's, where there is one
    record Move(Parameter parameter, Optional<Value> own, Optional<Value> inherited, Optional<Value> now) {

        String name() {
            return parameter.name();
        }

        /// How far it moved from what it started from, in the measure of its scale.
        String how() {
            var from = inherited.or(() -> own);
            if (now.isEmpty()) {
                return "dropped";
            }
            if (from.isEmpty()) {
                return "drawn";
            }
            if (from.equals(now)) {
                return "kept";
            }
            return from.get() instanceof Value.Vector || parameter.domain() instanceof Domain.Choice
                    ? "moved"
                    : moved(from.get().number(), now.get().number());
        }

        private String moved(double a, double b) {
            var scale = switch (parameter.domain()) {
                case Domain.Real real -> real.scale();
                case Domain.Whole whole -> whole.scale();
                case Domain.Choice choice -> Domain.Scale.LINEAR;
            };
            return switch (scale) {
                case LINEAR -> (b > a ? "plus " : "minus ") + Text.number(Math.abs(b - a));
                case LOG -> "times " + Text.number(b / a);
                case LOG_OF_COMPLEMENT -> "1-x times " + Text.number((1 - b) / (1 - a));
            };
        }
    }

    /// The hyperparameters in the order of the search space; none for a decision to stop.
    List<Move> moves() {
        if (!(decided.decision() instanceof Decision.Train train)) {
            return List.of();
        }
        var own = member().segment().map(Segment::values).orElse(Hyperparameters.NONE);
        var donors = donor().flatMap(this::pair).map(Pair::values).orElse(Hyperparameters.NONE);
        var names = new TreeSet<>(train.values().active().keySet());
        names.addAll(own.active().keySet());
        var moves = new ArrayList<Move>();
        specification().space().parameters().stream()
                .filter(p -> names.contains(p.name()))
                .forEach(p -> moves.add(new Move(
                        p,
                        own.find(p.name()),
                        donors.find(p.name()),
                        train.values().find(p.name()))));
        return moves;
    }

    /// What it does next.
    String next() {
        if (!(decided.decision() instanceof Decision.Train train)) {
            return "nothing: it is over";
        }
        var unit = specification().unit();
        var first = train.weights() instanceof Weights.Of && train.plan().evaluateFirst()
                ? ", measured before it trains"
                : "";
        return switch (train.plan().until()) {
            case Until.Elapsed elapsed -> "trains for " + Text.time(elapsed.time()) + first;
            case Until.Steps steps ->
                "trains %d %ss, to %d%s".formatted(steps.step() - member().step(), unit, steps.step(), first);
        };
    }

    String rederived() {
        return switch (again) {
            case Prefixes.Again.Same same -> "made again from its basis: the same, bit by bit";
            case Prefixes.Again.Different different ->
                "made again from its basis it DIFFERS: " + different.now() + " (clade verify says more)";
            case Prefixes.Again.Not not -> "not re-derivable: " + not.why();
        };
    }

    // ---- for programs

    Document document() {
        return new Document()
                .with("member", who())
                .with("segment", decided.segment())
                .with("position", position)
                .with("basis", decided.basis())
                .with("tuner", decided.tuner())
                .with("revision", decided.revision())
                .with("decision", what())
                .with("because", because())
                .with("rule", decided.decision().because().rule())
                .with("facts", Document.of(decided.decision().because().facts()))
                .with("own", own().map(this::document))
                .with("opponent", opponent().flatMap(this::pair).map(this::document))
                .with("donor", donor().flatMap(this::pair).map(this::document))
                .with("drawn_among", drawnAmong())
                .with("draw_key", drawnAmong().isEmpty() ? Optional.empty() : Optional.of(key()))
                .with(
                        "hyperparameters",
                        moves().stream()
                                .map(m -> new Document()
                                        .with("name", m.name())
                                        .with("own", m.own())
                                        .with("inherited", m.inherited())
                                        .with("new", m.now())
                                        .with("how", m.how()))
                                .toList())
                .with("next", next())
                .with("rederived", again instanceof Prefixes.Again.Same)
                .with("rederivation", rederived());
    }

    private Document document(Pair pair) {
        return new Document()
                .with("member", pair.member())
                .with("segment", pair.segment())
                .with("step", pair.step())
                .with("lineage_step", pair.lineageStep())
                .with("score", raw(pair))
                .with("checkpoint", pair.checkpoint())
                .with("hyperparameters", pair.values());
    }
}
