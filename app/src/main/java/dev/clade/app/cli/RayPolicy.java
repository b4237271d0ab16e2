package dev.clade.app.cli;

import dev.clade.fault.Fault;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A schedule as Ray Tune's PBT writes it, `pbt_policy_TRIAL.txt`: one JSON list for each exploit that a trial has
/// made, `[tag before, tag copied, iteration before, iteration copied, configuration before, configuration after]`.
///
/// Its own replay (`PopulationBasedTrainingReplay`) goes back from the last exploit for as long as the tag that was
/// copied is the tag before the exploit that follows: what lies before a break was thrown away by a later copy.
///
/// @param points configurations by the iteration of the weights from which they hold, the first at 0
record RayPolicy(SortedMap<Long, SortedMap<String, Object>> points) {

    /// One exploit.
    private record Exploit(
            String before,
            String copied,
            long iteration,
            SortedMap<String, Object> old,
            SortedMap<String, Object> chosen) {}

    /// @throws Fault 4145 for a file that cannot be read, 4146 for a line that is none of a policy
    static RayPolicy read(Path file) {
        var exploits = new ArrayList<Exploit>();
        int number = 0;
        for (var line : lines(file)) {
            number++;
            if (!line.isBlank()) {
                exploits.add(exploit(file, number, line));
            }
        }
        if (exploits.isEmpty()) {
            throw wrong(file + " has no exploit.", "nothing");
        }
        return of(exploits);
    }

    private static RayPolicy of(List<Exploit> exploits) {
        var points = new TreeMap<Long, SortedMap<String, Object>>();
        Optional<Exploit> next = Optional.empty();
        for (var exploit : exploits.reversed()) {
            if (next.filter(n -> !n.before().equals(exploit.copied())).isPresent()) {
                break;
            }
            points.putIfAbsent(exploit.iteration(), exploit.chosen());
            next = Optional.of(exploit);
        }
        points.putIfAbsent(0L, next.orElseThrow().old());
        return new RayPolicy(points);
    }

    /// Names whose value is not the same in all configurations: what the population moved.
    SortedSet<String> moved() {
        var moved = names();
        moved.removeIf(name -> points.values().stream()
                        .map(values -> Optional.ofNullable(values.get(name)))
                        .distinct()
                        .count()
                < 2);
        return moved;
    }

    /// All names.
    SortedSet<String> names() {
        return points.values().stream()
                .flatMap(values -> values.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    // ---- reading

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new Fault(
                            4145,
                            "the policy " + file + " cannot be read.",
                            (e instanceof NoSuchFileException
                                            ? "no such file"
                                            : e instanceof MalformedInputException
                                                    ? "bytes that are not UTF-8"
                                                    : e.getClass().getSimpleName())
                                    + ".",
                            "a file pbt_policy_TRIAL.txt from the results of Ray Tune.",
                            "check the path.")
                    .causedBy(e);
        }
    }

    private static Exploit exploit(Path file, int number, String line) {
        var where = file + ":" + number + " this is no line of a policy.";
        try {
            var parts = JsonMapper.shared().readTree(line);
            boolean fits = parts.isArray()
                    && parts.size() == 6
                    && parts.get(3).isIntegralNumber()
                    && parts.get(4).isObject()
                    && parts.get(5).isObject();
            if (!fits) {
                throw wrong(where, line.substring(0, Math.min(80, line.length())));
            }
            return new Exploit(
                    parts.get(0).asString(),
                    parts.get(1).asString(),
                    parts.get(3).asLong(),
                    flat(parts.get(4)),
                    flat(parts.get(5)));
        } catch (JacksonException e) {
            throw wrong(where, line.substring(0, Math.min(80, line.length()))).causedBy(e);
        }
    }

    private static Fault wrong(String what, String found) {
        return new Fault(
                4146,
                what,
                found + ".",
                "[tag, tag, iteration, iteration, {configuration}, {configuration}] in JSON, one a line.",
                "name a file pbt_policy_TRIAL.txt that PopulationBasedTraining of Ray Tune has written, with"
                        + " log_config=True.");
    }

    /// Numbers, flags and texts by name; what is inside a mapping has the names of both with a dot between.
    private static SortedMap<String, Object> flat(JsonNode configuration) {
        var flat = new TreeMap<String, Object>();
        flatten("", configuration, flat);
        return flat;
    }

    private static void flatten(String prefix, JsonNode node, Map<String, Object> into) {
        node.properties().forEach(property -> {
            var name = prefix + property.getKey();
            var value = property.getValue();
            if (value.isObject()) {
                flatten(name + ".", value, into);
            } else if (value.isArray()) {
                into.put(name, value.valueStream().map(RayPolicy::plain).toList());
            } else if (!value.isNull()) {
                into.put(name, plain(value));
            }
        });
    }

    private static Object plain(JsonNode value) {
        return value.isIntegralNumber()
                ? (Object) value.asLong()
                : value.isNumber()
                        ? (Object) value.asDouble()
                        : value.isBoolean() ? value.asBoolean() : value.asString();
    }
}
