package dev.clade.store.codec;

import dev.clade.settings.Place;
import dev.clade.settings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Settings as JSON: bare numbers and flags as they are, every other word as a string. Where a bare word is a
/// string in JSON (`20k`), it comes back quoted, and means the same.
final class SettingJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String BARE = "bare:";
    private static final Place LOG = new Place("log", 0, 0);

    private SettingJson() {}

    static JsonNode write(Setting setting) {
        return switch (setting) {
            case Setting.Scalar scalar ->
                NODES.stringNode(scalar.quoted() ? escaped(scalar.text()) : BARE + scalar.text());
            case Setting.Listing list -> {
                var array = NODES.arrayNode();
                list.items().forEach(item -> array.add(write(item)));
                yield array;
            }
            case Setting.Mapping map -> {
                var object = NODES.objectNode();
                map.entries().forEach((name, value) -> object.set(name, write(value)));
                yield object;
            }
        };
    }

    /// A quoted text that looks like a bare one.
    private static String escaped(String text) {
        return text.startsWith(BARE) || text.startsWith("text:") ? "text:" + text : text;
    }

    static Setting read(JsonNode node) {
        if (node.isObject()) {
            var entries = new LinkedHashMap<String, Setting>();
            node.properties().forEach(e -> entries.put(e.getKey(), read(e.getValue())));
            return new Setting.Mapping(entries, LOG);
        }
        if (node.isArray()) {
            var items = new ArrayList<Setting>();
            node.forEach(item -> items.add(read(item)));
            return new Setting.Listing(items, LOG);
        }
        var text = node.asString();
        if (text.startsWith(BARE)) {
            return new Setting.Scalar(text.substring(BARE.length()), false, LOG);
        }
        return new Setting.Scalar(text.startsWith("text:") ? text.substring("text:".length()) : text, true, LOG);
    }
}
