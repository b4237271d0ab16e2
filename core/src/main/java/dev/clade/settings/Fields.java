package dev.clade.settings;

import dev.clade.fault.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a mapping entry by entry, and complains about what nobody asked for: a misspelt key is an error at its line,
/// never a silent default. Not thread-safe; one reader is for one reading.
public final class Fields {

    private final Setting.Mapping mapping;
    private final String what;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(Setting.Mapping mapping, String what) {
        this.mapping = mapping;
        this.what = what;
    }

    /// A reader of a mapping; `what` names it in errors ("ready", "the experiment").
    public static Fields of(Setting setting, String what) {
        return new Fields(setting.asMapping(), what);
    }

    public Optional<Setting> find(String name) {
        known.add(name);
        return Optional.ofNullable(mapping.entries().get(name));
    }

    public Setting need(String name) {
        return find(name).orElseThrow(() -> missing(name));
    }

    private Fault missing(String name) {
        return new Fault(
                1002,
                mapping.place() + " " + what + " lacks '" + name + "'.",
                found(),
                "an entry '" + name + "'.",
                "add '" + name + ": ...'.");
    }

    private String found() {
        return mapping.entries().isEmpty()
                ? "nothing."
                : String.join(", ", mapping.entries().keySet()) + ".";
    }

    /// The one entry of a mapping such as `{perturb: ...}`: a name among `words`.
    public String only(Set<String> words) {
        var present = new ArrayList<String>();
        for (var word : words) {
            if (find(word).isPresent()) {
                present.add(word);
            }
        }
        if (present.isEmpty()) {
            mapping.entries().entrySet().stream()
                    .filter(entry -> mend(entry).isPresent())
                    .findFirst()
                    .ifPresent(entry -> {
                        throw unknown(entry);
                    });
        }
        if (present.size() != 1) {
            throw new Fault(
                    1003,
                    mapping.place() + " " + what + " must be one kind.",
                    found(),
                    "exactly one of " + String.join(", ", words) + ".",
                    (present.isEmpty() ? "write" : "keep") + " one of them.");
        }
        return present.getFirst();
    }

    /// Every entry must have been asked for by now.
    ///
    /// @throws Fault 1004 at the first entry that nobody reads
    public void end() {
        for (var entry : mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw unknown(entry);
            }
        }
    }

    private Fault unknown(Map.Entry<String, Setting> entry) {
        var name = entry.getKey();
        return new Fault(
                1004,
                entry.getValue().place() + " " + what + " has no setting '" + name + "'.",
                name + ".",
                known.isEmpty() ? "no settings." : "one of " + String.join(", ", known) + ".",
                mend(entry).orElse("take it out."));
    }

    private Optional<String> mend(Map.Entry<String, Setting> entry) {
        var name = entry.getKey();
        return Foreign.word(name, entry.getValue().toString())
                .or(() -> Spelling.nearest(name, known).map(near -> "write '" + near + "'."));
    }
}
