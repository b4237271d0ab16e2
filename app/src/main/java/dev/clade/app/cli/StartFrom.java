package dev.clade.app.cli;

import dev.clade.app.wire.Experiments;
import dev.clade.fault.Fault;
import dev.clade.population.Finals;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.space.Parameter;
import dev.clade.space.SpaceReader;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// `start: {from: NAME, top: K}`: the hyperparameters of the best members of an earlier experiment as
/// start values. They are looked up once, at creation: the log of the new experiment has the values
/// themselves.
///
/// @param text the setting, as it was written
/// @param from the experiment's name
record StartFrom(Setting text, Setting from, int top) {

    /// What the provenance of an experiment calls the setting that its start values came by.
    static final String ASKED = "start.asked";

    private static final Set<String> WORDS = Set.of("from", "top", "weights", "checkpoint");

    /// What came of it.
    ///
    /// @param start the values, as an experiment file would list them
    /// @param provenance where they came from, and what did not match
    record Found(Setting.Listing start, Map<String, String> provenance) {}

    /// A member with what it is chosen for.
    private record Chosen(Pair pair, double score) {
        MemberId member() {
            return pair.member();
        }
    }

    /// The setting, if a file has it.
    ///
    /// @throws Fault 1204 for weights to start from
    static Optional<StartFrom> of(Setting.Mapping settings) {
        var start = settings.entries().get("start");
        if (!(start instanceof Setting.Mapping map)
                || map.entries().keySet().stream().noneMatch(WORDS::contains)
                || values(map, settings)) {
            return Optional.empty();
        }
        if (map.entries().containsKey("checkpoint")) {
            throw weights(map);
        }
        var fields = Fields.of(map, "start");
        var from = fields.need("from");
        from.asText();
        int top = fields.find("top").map(t -> t.asCount(1)).orElse(1);
        boolean weights = fields.find("weights").map(Setting::asFlag).orElse(false);
        fields.end();
        if (weights) {
            throw weights(map);
        }
        return Optional.of(new StartFrom(map, from, top));
    }

    /// Whether it gives values: a parameter may be called `top`.
    private static boolean values(Setting.Mapping start, Setting.Mapping settings) {
        return settings.entries().get("parameters") instanceof Setting.Mapping parameters
                && start.entries().keySet().stream().anyMatch(parameters.entries()::containsKey);
    }

    private static Fault weights(Setting.Mapping start) {
        return new Fault(
                1204,
                start.place() + " weights to start from are not there yet.",
                start + ".",
                "hyperparameters to start from: a list, or {from: NAME, top: K}.",
                start.entries().containsKey("checkpoint")
                        ? "take 'start' out: every member begins with fresh weights."
                        : "take 'weights' out: every member begins with fresh weights.");
    }

    /// The settings of a file without it.
    static Setting.Mapping without(Setting.Mapping settings) {
        return of(settings).isPresent() ? settings.without("start") : settings;
    }

    // ---- looking it up

    /// Looks the values up, and says what is taken and what is not.
    ///
    /// @param here the new experiment, without start values
    /// @throws Fault 1205 to 1207 if there are none
    Found find(Experiments experiments, Specification here, PrintWriter out) {
        var name = from.asText();
        try (var held = experiments.find(name).orElseThrow(() -> unknown(experiments))) {
            var there = held.newest();
            var chosen = best(there);
            if (chosen.size() < top) {
                throw new Fault(
                        1206,
                        text.place() + " '" + name + "' has fewer members to start from than 'top' says.",
                        chosen.size() + " with a score, controls apart.",
                        top + ".",
                        chosen.isEmpty() ? "wait until it has some." : "write 'top: " + chosen.size() + "' or less.");
            }
            chosen = chosen.subList(0, top);
            var matching = matching(there.specification(), here);
            var unmatched = unmatched(there.specification(), here, name);
            if (matching.isEmpty()) {
                throw new Fault(
                        1207,
                        text.place() + " no parameter matches one of '" + name + "' by name and domain.",
                        String.join("; ", unmatched) + ".",
                        "one at least.",
                        "take 'start' out, or give the values themselves: 'start: [{NAME: VALUE}]'.");
            }
            print(out, there, name, chosen, matching, unmatched);
            var provenance = new TreeMap<String, String>();
            provenance.put(ASKED, text.toString());
            provenance.put(
                    "start.from",
                    "'" + name + "' (" + there.id() + ") at position " + there.position() + ", members "
                            + chosen.stream().map(c -> c.member().toString()).collect(Collectors.joining(" ")));
            if (!unmatched.isEmpty()) {
                provenance.put("start.unmatched", String.join("; ", unmatched));
            }
            var values = chosen.stream().map(c -> setting(c, matching)).toList();
            return new Found(new Setting.Listing(List.copyOf(values), text.place()), provenance);
        }
    }

    private Fault unknown(Experiments experiments) {
        var names = experiments.all().stream().map(n -> n.name()).toList();
        return new Fault(
                1205,
                from.place() + " there is no experiment '" + from.asText() + "' in " + experiments.url()
                        + " to start from.",
                names.isEmpty() ? "none at all." : String.join(", ", names) + ".",
                "one of the same store.",
                "correct the name; 'clade list' shows them.");
    }

    /// Finalists by their fresh measurements, then the others by their latest score; each member once,
    /// controls never.
    private static List<Chosen> best(Population population) {
        var finalists = population.finals().stream().flatMap(f -> finalists(population, f));
        var others = population.members().stream()
                .flatMap(m -> m.standing().stream())
                .map(p -> chosen(population, p, p.evaluation()));
        var taken = new TreeMap<MemberId, Chosen>();
        return Stream.of(finalists, others)
                .flatMap(group -> group.filter(c -> c.score() > Double.NEGATIVE_INFINITY && evolves(population, c))
                        .sorted(Comparator.comparingDouble((Chosen c) -> -c.score())
                                .thenComparing(Chosen::member)))
                .filter(c -> taken.putIfAbsent(c.member(), c) == null)
                .toList();
    }

    private static Stream<Chosen> finalists(Population population, Finals finals) {
        return IntStream.range(0, finals.candidates().size())
                .boxed()
                .flatMap(i -> finals.results().get(i).stream()
                        .map(result -> chosen(population, finals.candidates().get(i), result)));
    }

    private static Chosen chosen(Population population, Pair pair, Evaluation evaluation) {
        return new Chosen(pair, population.specification().metric().score(evaluation));
    }

    private static boolean evolves(Population population, Chosen chosen) {
        return population.find(chosen.member()).filter(Member::ranked).isPresent()
                && !population.specification().control(chosen.member());
    }

    // ---- what matches

    private static List<Parameter> matching(Specification there, Specification here) {
        return here.space().parameters().stream()
                .filter(p ->
                        there.space().find(p.name()).filter(q -> match(p, q)).isPresent())
                .toList();
    }

    private static boolean match(Parameter one, Parameter other) {
        return one.domain().equals(other.domain()) && one.size() == other.size();
    }

    private static List<String> unmatched(Specification there, Specification here, String name) {
        var unmatched = new ArrayList<String>();
        for (var parameter : here.space().parameters()) {
            var other = there.space().find(parameter.name());
            if (other.isEmpty()) {
                unmatched.add(parameter.name() + " is not in '" + name + "'");
            } else if (!match(parameter, other.get())) {
                unmatched.add(parameter.name() + " is " + written(there, parameter.name()) + " there and "
                        + written(here, parameter.name()) + " here");
            }
        }
        there.space().parameters().stream()
                .filter(p -> here.space().find(p.name()).isEmpty())
                .forEach(p -> unmatched.add(p.name() + " is only in '" + name + "'"));
        return unmatched;
    }

    private static String written(Specification specification, String name) {
        var parameters =
                Objects.requireNonNull(specification.settings().entries().get("parameters"));
        return Objects.requireNonNull(parameters.asMapping().entries().get(name))
                .toString();
    }

    /// A value from before its domain was changed may lie outside.
    private static Optional<Value> value(Chosen chosen, Parameter parameter) {
        return chosen.pair()
                .values()
                .find(parameter.name())
                .filter(value -> value instanceof Value.Vector vector
                        ? vector.elements().stream().allMatch(parameter.domain()::contains)
                        : parameter.domain().contains(value));
    }

    private static Setting setting(Chosen chosen, List<Parameter> matching) {
        var values = new java.util.LinkedHashMap<String, Setting>();
        matching.forEach(p -> value(chosen, p).ifPresent(v -> values.put(p.name(), SpaceReader.written(v))));
        return Setting.map(values);
    }

    private static void print(
            PrintWriter out,
            Population there,
            String name,
            List<Chosen> chosen,
            List<Parameter> matching,
            List<String> unmatched) {
        var metric = there.specification().metric();
        out.println("Start values are those of the best of '" + name + "':");
        var heads = new ArrayList<>(List.of("member", metric.name()));
        matching.forEach(p -> heads.add(p.name()));
        var table = new Table(heads);
        for (var one : chosen) {
            var row = new ArrayList<>(List.of(one.member().toString(), Text.number(metric.oriented(one.score()))));
            matching.forEach(p -> row.add(value(one, p).map(Text::value).orElse("-")));
            table.row(row);
        }
        table.print(out, "  ");
        unmatched.forEach(u -> out.println("  not taken: " + u));
        out.flush();
    }
}
