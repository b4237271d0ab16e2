package dev.clade.space;

import dev.clade.fault.Fault;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.settings.Spelling;
import dev.clade.space.Condition.Test;
import dev.clade.space.Domain.Scale;
import dev.clade.space.Parameter.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads `parameters:` of an experiment file. The words are documented in `docs/experiments.md`.
public final class SpaceReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Set<String> KINDS =
            new java.util.LinkedHashSet<>(List.of("uniform", "loguniform", "int", "logint", "choice", "ordered"));

    /// What other tools call these.
    private static final Map<String, String> FOREIGN_KINDS = Map.ofEntries(
            Map.entry("log_uniform", "loguniform"),
            Map.entry("log-uniform", "loguniform"),
            Map.entry("qloguniform", "loguniform"),
            Map.entry("quniform", "uniform"),
            Map.entry("randint", "int"),
            Map.entry("qrandint", "int"),
            Map.entry("integer", "int"),
            Map.entry("lograndint", "logint"),
            Map.entry("categorical", "choice"),
            Map.entry("ordinal", "ordered"));

    private SpaceReader() {}

    /// The space that a mapping describes.
    ///
    /// @throws Fault 11xx at the place of what is wrong
    public static Space read(Setting setting) {
        var parameters = new ArrayList<Parameter>();
        setting.asMapping().entries().forEach((name, body) -> parameters.add(parameter(name, body)));
        if (parameters.isEmpty()) {
            throw setting.wrong("no parameters", "at least one parameter to tune");
        }
        try {
            return checked(new Space(parameters), setting);
        } catch (IllegalArgumentException e) {
            throw new Fault(
                    1105,
                    setting.place() + " the conditions of the parameters do not fit together.",
                    e.getMessage() + ".",
                    "every parent named in a `when` to be a parameter, and no circle.",
                    "correct the `when`.");
        }
    }

    private static Space checked(Space space, Setting setting) {
        for (var parameter : space.parameters()) {
            for (var condition : parameter.when().stream().toList()) {
                condition.tests().forEach((parent, test) -> possible(space, parameter, parent, test, setting));
            }
        }
        return space;
    }

    private static void possible(Space space, Parameter child, String parent, Test test, Setting setting) {
        var domain = space.find(parent).orElseThrow().domain();
        boolean plain = space.find(parent).orElseThrow().size() == 0;
        boolean fits = plain
                && switch (test) {
                    case Test.OneOf one -> one.values().stream().allMatch(domain::contains);
                    case Test.AtLeast least ->
                        !(domain instanceof Domain.Choice choice)
                                || choice.options().stream()
                                        .allMatch(o -> o instanceof Value.Real || o instanceof Value.Whole);
                };
        if (!fits) {
            throw new Fault(
                    1106,
                    setting.place() + " parameter '" + child.name() + "' can never be active.",
                    "when " + child.when().orElseThrow() + ".",
                    plain ? "a value that '" + parent + "' can take: " + domain + "." : "a parent of one value.",
                    "correct the `when`.");
        }
    }

    private static Parameter parameter(String name, Setting body) {
        if (!NAME.matcher(name).matches()) {
            throw new Fault(
                    1101,
                    body.place() + " '" + name + "' cannot name a parameter.",
                    name + ".",
                    "letters, digits, '_', '.' and '-', not beginning with a digit.",
                    "rename it.");
        }
        refuseForeign(name, body);
        var fields = Fields.of(body, "parameter '" + name + "'");
        var kind = fields.only(KINDS);
        boolean complement = fields.find("of").map(of -> complement(of, kind)).orElse(false);
        var domain = domain(name, kind, fields.need(kind), complement);
        var parameter = new Parameter(
                name,
                domain,
                fields.find("size").map(s -> s.asCount(1)).orElse(0),
                fields.find("change").map(SpaceReader::change).orElse(Change.LIVE),
                fields.find("perturb").map(p -> multiply(p, kind)).orElse(false),
                fields.find("when").map(SpaceReader::condition));
        fields.end();
        return parameter;
    }

    private static boolean complement(Setting of, String kind) {
        if (!of.asText().replace(" ", "").equals("1-x") || !kind.equals("loguniform")) {
            throw of.wrong("of: " + of.asText() + " on " + kind, "of: 1-x on loguniform");
        }
        return true;
    }

    private static boolean multiply(Setting setting, String kind) {
        if (!setting.asText().equals("multiply") || !kind.equals("uniform")) {
            throw setting.wrong("perturb: " + setting.asText() + " on " + kind, "perturb: multiply on uniform");
        }
        return true;
    }

    private static Change change(Setting setting) {
        return switch (setting.asText()) {
            case "live" -> Change.LIVE;
            case "rebuild" -> Change.REBUILD;
            case "never" -> Change.NEVER;
            default -> throw setting.wrong(setting.asText(), "live, rebuild or never");
        };
    }

    private static Condition condition(Setting setting) {
        var tests = new TreeMap<String, Test>();
        setting.asMapping().entries().forEach((parent, test) -> tests.put(parent, test(test)));
        return new Condition(tests);
    }

    private static Test test(Setting setting) {
        if (setting instanceof Setting.Mapping) {
            var fields = Fields.of(setting, "when");
            var bound = fields.need("at_least").asReal();
            fields.end();
            return new Test.AtLeast(bound);
        }
        return new Test.OneOf(setting.asList().stream().map(SpaceReader::value).toList());
    }

    private static Domain domain(String name, String kind, Setting body, boolean complement) {
        if (kind.equals("choice") || kind.equals("ordered")) {
            var options = body.asList().stream().map(SpaceReader::value).toList();
            if (options.isEmpty() || Set.copyOf(options).size() < options.size()) {
                throw body.wrong(body.toString(), "one or more different options");
            }
            return new Domain.Choice(options, kind.equals("ordered"));
        }
        var bounds = body.asList();
        if (bounds.size() != 2) {
            throw body.wrong(body.toString(), "two bounds, [low, high]");
        }
        double low = bounds.getFirst().asReal();
        double high = bounds.getLast().asReal();
        if (low > high) {
            throw new Fault(
                    1102,
                    body.place() + " the bounds of '" + name + "' are reversed.",
                    body + ".",
                    "[low, high] with low <= high.",
                    "write [" + bounds.getLast() + ", " + bounds.getFirst() + "].");
        }
        return range(name, kind, body, complement, bounds, low, high);
    }

    private static Domain range(
            String name, String kind, Setting body, boolean complement, List<Setting> bounds, double low, double high) {
        boolean log = kind.startsWith("log");
        if (complement ? high >= 1 : log && low <= 0) {
            throw new Fault(
                    1103,
                    body.place() + " the logarithm of '" + name + "' is not defined on its range.",
                    body + ".",
                    complement ? "bounds below 1, since 1-x is drawn." : "bounds above 0.",
                    complement ? "lower the upper bound, say 0.9999." : "raise the lower bound, or write uniform.");
        }
        if (!Double.isFinite(high - low)) {
            throw body.wrong(body.toString(), "bounds whose difference is a number");
        }
        if (kind.endsWith("int")) {
            return new Domain.Whole(
                    bounds.getFirst().asWhole(), bounds.getLast().asWhole(), log ? Scale.LOG : Scale.LINEAR);
        }
        return new Domain.Real(low, high, complement ? Scale.LOG_OF_COMPLEMENT : log ? Scale.LOG : Scale.LINEAR);
    }

    /// A value as an experiment file would write it, to the last bit.
    public static Setting written(Value value) {
        return switch (value) {
            case Value.Real real -> Setting.word(Double.toString(real.value()));
            case Value.Whole whole -> Setting.word(Long.toString(whole.value()));
            case Value.Flag flag -> Setting.word(Boolean.toString(flag.value()));
            case Value.Text text -> Setting.text(text.value());
            case Value.Vector vector ->
                Setting.list(
                        vector.elements().stream().map(SpaceReader::written).toList());
        };
    }

    /// Values as an experiment file would write them, to the last bit.
    public static Setting.Mapping written(Hyperparameters values) {
        var entries = new LinkedHashMap<String, Setting>();
        values.active().forEach((name, value) -> entries.put(name, written(value)));
        return Setting.map(entries);
    }

    /// An option or a given value, with the type that its notation has.
    public static Value value(Setting setting) {
        if (setting instanceof Setting.Listing list) {
            return new Value.Vector(
                    list.items().stream().map(SpaceReader::value).toList());
        }
        var text = setting.asText();
        boolean bare = setting instanceof Setting.Scalar scalar && !scalar.quoted();
        if (bare && (text.equals("true") || text.equals("false"))) {
            return new Value.Flag(text.equals("true"));
        }
        if (bare && NUMBER.matcher(text).matches()) {
            return text.matches("[+-]?\\d+") ? new Value.Whole(setting.asWhole()) : new Value.Real(setting.asReal());
        }
        return new Value.Text(text);
    }

    /// A value given for a parameter of a space.
    ///
    /// @throws Fault 1107 where there is no such parameter or the value is outside its domain
    public static Value given(Space space, String name, Setting setting) {
        var parameter = space.find(name)
                .orElseThrow(() -> new Fault(
                        1107,
                        setting.place() + " a value is given for '" + name + "', which is no parameter.",
                        name + ".",
                        "one of "
                                + String.join(
                                        ", ",
                                        space.parameters().stream()
                                                .map(Parameter::name)
                                                .toList())
                                + ".",
                        "correct the name."));
        var value = parameter.typed(value(setting));
        if (!parameter.accepts(value)) {
            throw new Fault(
                    1108,
                    setting.place() + " the value given for '" + name + "' is outside its domain.",
                    setting + ".",
                    "a value in " + parameter.domain() + ".",
                    "correct the value or the domain.");
        }
        return value;
    }

    /// A value that is given for a parameter would not count unless those that it depends on are given with it.
    ///
    /// @throws Fault 1109 for the first that is not active beside the others
    public static void refuseInactive(Space space, SortedMap<String, Value> given, Setting setting) {
        for (var name : given.keySet()) {
            space.find(name)
                    .flatMap(Parameter::when)
                    .filter(w -> !w.holds(given))
                    .ifPresent(when -> {
                        throw new Fault(
                                1109,
                                setting.place() + " a value is given for '" + name + "' where it is not active.",
                                setting + ".",
                                when + ", given beside it.",
                                "give that, too, or take '" + name + "' out.");
                    });
        }
    }

    /// Other tools' ways to write a range, each with its exact mend.
    private static void refuseForeign(String name, Setting body) {
        Optional<String> mend = switch (body) {
            case Setting.Listing list -> Optional.of("write '" + name + ": {loguniform: " + list + "}' or uniform.");
            case Setting.Scalar scalar -> Optional.of("write '" + name + ": {choice: [" + scalar + "]}'.");
            case Setting.Mapping map -> foreignMapping(name, map.entries());
        };
        mend.ifPresent(how -> {
            throw new Fault(
                    1104,
                    body.place() + " parameter '" + name + "' is not written as a domain.",
                    body + ".",
                    "one of " + String.join(", ", KINDS) + ".",
                    how);
        });
    }

    private static Optional<String> foreignMapping(String name, Map<String, Setting> entries) {
        if (KINDS.stream().anyMatch(entries::containsKey)) {
            return Optional.empty();
        }
        for (var entry : entries.entrySet()) {
            var kind = Optional.ofNullable(FOREIGN_KINDS.get(entry.getKey()))
                    .or(() -> Spelling.nearest(entry.getKey(), KINDS));
            if (kind.isPresent()) {
                return Optional.of("write '" + name + ": {" + kind.get() + ": " + entry.getValue() + "}'.");
            }
        }
        var low = Optional.ofNullable(entries.get("min")).or(() -> Optional.ofNullable(entries.get("low")));
        var high = Optional.ofNullable(entries.get("max")).or(() -> Optional.ofNullable(entries.get("high")));
        if (low.isPresent() && high.isPresent()) {
            boolean whole = entries.containsKey("type")
                    && entries.get("type").toString().startsWith("int");
            boolean log =
                    entries.containsKey("log") && entries.get("log").toString().equals("true");
            var kind = (log ? "log" : "") + (whole ? "int" : "uniform");
            return Optional.of("write '" + name + ": {" + kind + ": [" + low.get() + ", " + high.get() + "]}'.");
        }
        if (entries.containsKey("values") || entries.containsKey("categories")) {
            var options = entries.containsKey("values") ? entries.get("values") : entries.get("categories");
            return Optional.of("write '" + name + ": {choice: " + options + "}'.");
        }
        return Optional.of("write, for instance, '" + name + ": {uniform: [0, 1]}'.");
    }
}
