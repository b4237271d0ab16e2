package dev.clade.run.session;

import dev.clade.fault.Fault;
import dev.clade.run.session.Message.Hello;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.trainer.Capability;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What an experiment file says that a program can do beyond the plain contract. Before the program runs, this is all
/// that is known; its hello must bear it out.
///
/// @param lanes how many members are trained as one program
/// @param optional whether a receipt may leave out values, which then count as in force
record Claim(Set<Capability> capabilities, int lanes, boolean optional) {

    static final Claim NOTHING = new Claim(Set.of(), 1);

    Claim(Set<Capability> capabilities, int lanes) {
        this(capabilities, lanes, false);
    }

    Claim {
        capabilities = Collections.unmodifiableSet(
                capabilities.isEmpty() ? EnumSet.noneOf(Capability.class) : EnumSet.copyOf(capabilities));
    }

    /// `capabilities: [midway, ...]`, `lanes: 8` and `receipts: optional`.
    ///
    /// @throws Fault 1422 or 1423 at the place of what is wrong
    static Claim read(Fields fields) {
        var capabilities = EnumSet.noneOf(Capability.class);
        fields.find("capabilities").ifPresent(all -> all.asList().forEach(one -> capabilities.add(capability(one))));
        var setting = fields.find("lanes");
        int lanes = setting.map(s -> s.asCount(1)).orElse(1);
        if ((lanes > 1) != capabilities.contains(Capability.LANES)) {
            throw new Fault(
                    1423,
                    setting.or(() -> fields.find("capabilities")).orElseThrow().place()
                            + " lanes are claimed and counted together.",
                    "lanes: " + lanes + ", capabilities: " + words(capabilities) + ".",
                    "'capabilities: [lanes]' with 'lanes: N', N members at once, or neither.",
                    lanes > 1 ? "add 'lanes' to 'capabilities'." : "add 'lanes: 8', or take 'lanes' out.");
        }
        return new Claim(
                capabilities,
                lanes,
                fields.find("receipts").map(Claim::optional).orElse(false));
    }

    private static boolean optional(Setting setting) {
        return switch (setting.asText()) {
            case "required" -> false;
            case "optional" -> true;
            default -> throw setting.wrong(setting.asText(), "required or optional");
        };
    }

    private static Capability capability(Setting setting) {
        for (var capability : Capability.values()) {
            if (word(capability).equals(setting.asText())) {
                return capability;
            }
        }
        throw new Fault(
                1422,
                setting.place() + " there is no capability '" + setting.asText() + "'.",
                setting.asText() + ".",
                "some of " + String.join(", ", words(EnumSet.allOf(Capability.class))) + ".",
                "correct it, or take it out.");
    }

    private static String word(Capability capability) {
        return capability.name().toLowerCase(Locale.ROOT);
    }

    private static Set<String> words(Set<Capability> capabilities) {
        return capabilities.stream().map(Claim::word).collect(Collectors.toCollection(TreeSet::new));
    }

    /// Whether a program's hello bears it out.
    ///
    /// @throws Fault 3509 where it does not
    void check(Hello hello, int used) {
        var lacking = words(capabilities);
        lacking.removeAll(hello.capabilities());
        if (!lacking.isEmpty()) {
            throw Breach.claim(
                    "a hello with the capabilities " + hello.capabilities(),
                    String.join(", ", lacking) + " among them");
        }
        if (hello.lanes() < used) {
            throw Breach.claim("a hello with lanes: " + hello.lanes(), "at least " + used);
        }
    }
}
