package dev.clade.app.file;

import dev.clade.fault.Fault;
import dev.clade.settings.Place;
import dev.clade.settings.Setting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads an experiment file. Nothing is ever constructed from a tag: a file is text, lists and mappings.
public final class ExperimentFile {

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(0)
            .setCodePointLimit(1_000_000)
            .build();

    private static final int DEEPEST = 50;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ExperimentFile() {}

    /// The settings in a file. Where there is none of that name, an example of that name will do (`quickstart`).
    public static Setting.Mapping read(Path file) {
        if (!Files.exists(file)) {
            var example = Examples.find(file.toString());
            if (example.isPresent()) {
                return parse(example.get(), file + ".yaml");
            }
        }
        try {
            var name = String.valueOf(file.getFileName());
            return parse(decoded(Files.readAllBytes(file), name), name);
        } catch (IOException e) {
            throw new Fault(
                            1010,
                            "the experiment file " + file + " cannot be read.",
                            (e instanceof NoSuchFileException
                                            ? "no such file"
                                            : e.getClass().getSimpleName())
                                    + ".",
                            "a YAML file.",
                            "check the path; an example needs no file: " + String.join(", ", Examples.NAMES) + ".")
                    .causedBy(e);
        }
    }

    private static String decoded(byte[] bytes, String source) {
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
            var before = out.flip().toString();
            long line = before.chars().filter(c -> c == '\n').count() + 1;
            int column = before.length() - before.lastIndexOf('\n');
            throw new Fault(
                    1015,
                    source + ":" + line + ":" + column + " the experiment file is not UTF-8.",
                    "the byte %02X.".formatted(bytes[in.position()]),
                    "text in UTF-8.",
                    "save it as UTF-8.");
        }
        var text = out.flip().toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /// The settings in a text.
    ///
    /// @param source what errors call it
    public static Setting.Mapping parse(String text, String source) {
        try {
            refuseOddities(text, source);
            Optional<Node> node = new Compose(SETTINGS).composeString(text);
            return node.map(n -> setting(n, source))
                    .orElseThrow(() -> new Fault(
                            1011,
                            "the experiment file " + source + " is empty.",
                            "nothing.",
                            "name, metric, parameters, trainer and budget.",
                            "begin with a copy of examples/quickstart.yaml."))
                    .asMapping();
        } catch (MarkedYamlEngineException e) {
            throw e.getProblemMark()
                    .filter(mark -> behindADollar(text, mark))
                    .map(mark -> unquoted(place(mark, source), text, mark))
                    .orElseGet(() -> noYaml(
                            e.getProblemMark()
                                    .map(m -> place(m, source))
                                    .orElse(new Place(source, 0, 0))
                                    .toString(),
                            e.getProblem()))
                    .causedBy(e);
        } catch (YamlEngineException e) {
            throw noYaml(source, e.getMessage()).causedBy(e);
        }
    }

    private static Fault noYaml(String where, @Nullable String problem) {
        var found = String.valueOf(problem).replaceFirst("\\.+$", "");
        return new Fault(1012, where + " this is not YAML.", found + ".", "YAML.", "correct it there.");
    }

    private static boolean behindADollar(String text, Mark mark) {
        int at = offset(text, mark);
        return at > 0 && at < text.length() && text.startsWith("${", at - 1);
    }

    private static int offset(String text, Mark mark) {
        return mark.getIndex() <= text.codePointCount(0, text.length())
                ? text.offsetByCodePoints(0, mark.getIndex())
                : text.length();
    }

    /// Inside brackets YAML takes the brace of an unquoted `${name}` for the beginning of a mapping.
    private static Fault unquoted(Place brace, String text, Mark mark) {
        int from = offset(text, mark) - 1;
        int to = text.indexOf('}', from);
        int line = text.indexOf('\n', from);
        var word = to > 0 && (line < 0 || to < line) ? text.substring(from, to + 1) : "${";
        return new Fault(
                1016,
                new Place(brace.source(), brace.line(), brace.column() - 1) + " '" + word + "' is not quoted.",
                word + ".",
                "a quoted text, since YAML has its own meaning for { inside [ ] and { }.",
                "write \"" + word + "\", or quote the whole text that it stands in.");
    }

    /// Aliases, and a depth that no experiment has: they are refused before anything is built of them.
    private static void refuseOddities(String text, String source) {
        int depth = 0;
        for (var event : new Parse(SETTINGS).parseString(text)) {
            if (event instanceof AliasEvent alias) {
                throw odd(where(event, source), "the alias *" + alias.getAlias());
            }
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                throw odd(where(event, source), "more than " + DEEPEST + " of them inside each other");
            }
        }
    }

    private static Place where(Event event, String source) {
        return event.getStartMark().map(m -> place(m, source)).orElse(new Place(source, 0, 0));
    }

    private static Setting setting(Node node, String source) {
        var place = node.getStartMark().map(m -> place(m, source)).orElse(Place.PROGRAM);
        return switch (node) {
            case ScalarNode scalar ->
                new Setting.Scalar(scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN, place);
            case SequenceNode list ->
                new Setting.Listing(
                        list.getValue().stream().map(n -> setting(n, source)).toList(), place);
            case MappingNode map -> mapping(map, place, source);
            default -> throw odd(place, node.getNodeType().toString());
        };
    }

    private static Setting mapping(MappingNode map, Place place, String source) {
        var entries = new LinkedHashMap<String, Setting>();
        for (var tuple : map.getValue()) {
            var key = setting(tuple.getKeyNode(), source);
            if (entries.put(key.asText(), setting(tuple.getValueNode(), source)) != null) {
                throw new Fault(
                        1013,
                        key.place() + " '" + key.asText() + "' is written twice.",
                        key.asText() + ".",
                        "each name once.",
                        "keep one of them.");
            }
        }
        return new Setting.Mapping(entries, place);
    }

    private static Fault odd(Place place, String found) {
        return new Fault(
                1014,
                place + " experiment files hold words, lists and mappings only.",
                found + ".",
                "the thing itself.",
                "write it out.");
    }

    private static Place place(Mark mark, String source) {
        return new Place(source, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
