package dev.clade.app.file;

import dev.clade.fault.Fault;
import dev.clade.settings.Place;
import dev.clade.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
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

    private ExperimentFile() {}

    /// The settings in a file.
    public static Setting.Mapping read(Path file) {
        try {
            return parse(Files.readString(file), file.getFileName().toString());
        } catch (IOException e) {
            throw new Fault(
                            1010,
                            "the experiment file " + file + " cannot be read.",
                            e.getClass().getSimpleName() + ".",
                            "a YAML file.",
                            "check the path; examples are in the folder examples.")
                    .causedBy(e);
        }
    }

    /// The settings in a text.
    ///
    /// @param source what errors call it
    public static Setting.Mapping parse(String text, String source) {
        try {
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
            throw new Fault(
                            1012,
                            e.getProblemMark().map(m -> place(m, source)).orElse(new Place(source, 0, 0))
                                    + " this is not YAML.",
                            e.getProblem() + ".",
                            "YAML.",
                            text.contains("${") ? "quote texts that hold '${'." : "correct it there.")
                    .causedBy(e);
        } catch (YamlEngineException e) {
            throw new Fault(
                            1012,
                            source + " is not YAML.",
                            e.getMessage() + ".",
                            "YAML without anchors.",
                            "correct it.")
                    .causedBy(e);
        }
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
            case AnchorNode anchor -> throw odd(place, "an alias");
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
