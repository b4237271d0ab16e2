package dev.clade.app.cli;

import dev.clade.run.virtual.Conditions;
import dev.clade.run.virtual.Conditions.Preemptions;
import dev.clade.run.virtual.Conditions.Slowdowns;
import dev.clade.run.virtual.Conditions.Speeds;
import dev.clade.settings.Setting;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What befalls simulated workers.
final class ConditionsOption {

    @Option(
            names = "--speeds",
            paramLabel = "F,...",
            description = "How many times as long work takes in each slot, in turns (1,1,2: every third takes twice as"
                    + " long); or ~D: drawn, lognormal of deviation D.")
    private Optional<String> speeds = Optional.empty();

    @Option(
            names = "--slow",
            paramLabel = "chance=P,factor=F",
            description = "A part P of all phases takes F times as long.")
    private Optional<String> slow = Optional.empty();

    @Option(names = "--fail", paramLabel = "P", description = "The program throws in a part P of all segments.")
    private Optional<String> fail = Optional.empty();

    @Option(
            names = "--preempt",
            paramLabel = "every=T,away=T",
            description = "Workers (one a slot) are killed every T in the mean, and another comes after 'away'; their"
                    + " members are missed after 'noticed' (30s).")
    private Optional<String> preempt = Optional.empty();

    Conditions conditions() {
        return new Conditions(
                1,
                speeds.map(ConditionsOption::speeds).orElseGet(Speeds.Equal::new),
                slow.map(ConditionsOption::slowdowns).orElse(Slowdowns.NONE),
                fail.map(p -> Setting.word(p).asReal(0, 1)).orElse(0.0),
                preempt.map(ConditionsOption::preemptions));
    }

    private static Speeds speeds(String text) {
        return text.startsWith("~")
                ? new Speeds.Spread(Setting.word(text.substring(1)).asReal(0, 10))
                : new Speeds.Factors(Arrays.stream(text.split(",", -1))
                        .map(f -> Setting.word(f.strip()).asReal(1e-6, 1e6))
                        .toList());
    }

    private static Slowdowns slowdowns(String text) {
        var fields = Pairs.of("--slow", text);
        var made = new Slowdowns(
                fields.need("chance").asReal(0, 1), fields.need("factor").asReal(1e-6, 1e6));
        fields.end();
        return made;
    }

    private static Preemptions preemptions(String text) {
        var fields = Pairs.of("--preempt", text);
        var made = new Preemptions(
                fields.need("every").asTime(),
                fields.need("away").asDuration(),
                fields.find("noticed").map(Setting::asDuration).orElse(java.time.Duration.ofSeconds(30)));
        fields.end();
        return made;
    }
}
