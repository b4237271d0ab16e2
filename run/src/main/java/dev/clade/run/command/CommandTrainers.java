package dev.clade.run.command;

import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.space.Parameter;
import dev.clade.trainer.Trainer;
import dev.clade.trainer.Trainers;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// `trainer: {command: "python train.py --lr ${lr} --steps ${steps} --save ${save}", optional: [--resume,
/// "${restore}"]}`:
/// any program, started anew for each segment. `docs/scripts.md` has every setting.
public final class CommandTrainers implements Trainers {

    private static final String COMMAND = "command";
    private static final String EVALUATE = "evaluate";
    private static final String EXAMPLE = "\"python train.py --lr ${lr} --steps ${steps} --save ${save}\"";

    @Override
    public String word() {
        return COMMAND;
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(List.of("PROGRAM"));
    }

    @Override
    public Trainer.Factory read(Setting.Mapping settings, Path folder) {
        throw new UnsupportedOperationException("a command cannot be read without its experiment");
    }

    @Override
    public Trainer.Factory read(Setting.Mapping settings, Path folder, Setting.Mapping experiment) {
        var command = command(settings, folder, Specification.read(experiment));
        return place -> new CommandTrainer(command, place);
    }

    static Command command(Setting.Mapping settings, Path folder, Specification specification) {
        refuseReserved(specification);
        refuseTheClock(specification);
        var fields = Fields.of(settings, "the trainer 'command'");
        var known = new TreeSet<>(Command.WORDS);
        specification.space().parameters().forEach(p -> known.add(p.name()));
        var written = fields.need(COMMAND);
        var train = new Call(
                Template.of(written, known),
                fields.find("optional").map(o -> groups(o, known)).orElse(List.of()));
        var evaluate = fields.find(EVALUATE);
        var command = new Command(
                train,
                evaluate.map(e -> new Call(Template.of(e, known), List.of())),
                fields.find("score")
                        .map(CommandTrainers::score)
                        .orElseGet(
                                () -> new Score.Printed(specification.metric().name())),
                fields.find("per_run").map(p -> (long) p.asCount(1)),
                fields.find("receipts").map(CommandTrainers::required).orElse(false),
                specification,
                folder.toAbsolutePath());
        fields.end();
        steps(command, written, specification);
        weights(command, written, evaluate);
        hyperparameters(command, written, specification);
        return command;
    }

    // ---- the parts

    private static List<Template> groups(Setting setting, Set<String> known) {
        var items = setting.asList();
        boolean several = !items.isEmpty() && items.stream().allMatch(Setting.Listing.class::isInstance);
        return (several ? items : List.of(setting))
                .stream().map(group -> Template.of(group, known)).toList();
    }

    private static Score score(Setting setting) {
        var fields = Fields.of(setting, "score");
        var file = fields.find("file");
        if (file.isPresent()) {
            var score =
                    new Score.Written(file.get().asText(), fields.need("key").asText());
            fields.end();
            return score;
        }
        var kind = fields.only(new java.util.LinkedHashSet<>(List.of("json", "pattern", "file")));
        var value = fields.need(kind);
        fields.end();
        return kind.equals("json") ? new Score.Printed(value.asText()) : new Score.Matched(pattern(value));
    }

    private static Pattern pattern(Setting setting) {
        try {
            var pattern = Pattern.compile(setting.asText());
            if (pattern.matcher("").groupCount() > 0) {
                return pattern;
            }
            throw wrongPattern(setting, "no group: " + setting.asText());
        } catch (PatternSyntaxException e) {
            throw wrongPattern(setting, e.getDescription() + ", at character " + (e.getIndex() + 1));
        }
    }

    private static Fault wrongPattern(Setting setting, String found) {
        return new Fault(
                1460,
                setting.place() + " this pattern finds no score.",
                found + ".",
                "a regular expression of Java whose first group is the number, such as 'accuracy: ([0-9.]+)'.",
                "correct it, or let the program print JSON and write 'score: {json: KEY}'.");
    }

    private static boolean required(Setting setting) {
        return switch (setting.asText()) {
            case "required" -> true;
            case "optional" -> false;
            default -> throw setting.wrong(setting.asText(), "required or optional");
        };
    }

    // ---- what does not fit together

    private static void refuseReserved(Specification specification) {
        for (var parameter : specification.space().parameters()) {
            if (Command.WORDS.contains(parameter.name())) {
                throw new Fault(
                        1453,
                        place(specification, parameter) + " '" + parameter.name() + "' is a word of Clade's own.",
                        "a hyperparameter '" + parameter.name() + "', for a command.",
                        "a name that is none of " + String.join(", ", Command.WORDS) + ".",
                        "call it 'my_" + parameter.name() + "'; what the program calls it is its own affair.");
            }
        }
    }

    private static void refuseTheClock(Specification specification) {
        var ready = specification.settings().entries().get("ready");
        if (ready instanceof Setting.Mapping map && map.entries().containsKey("seconds")) {
            throw new Fault(
                    1459,
                    ready.place() + " a command cannot be told to train for a time.",
                    "ready: " + ready + ", for a command.",
                    "ready: {every: N}, in steps.",
                    "count steps, or train by a session ('trainer: {session: ...}').");
        }
    }

    private static void steps(Command command, Setting written, Specification specification) {
        var names = command.train().names();
        boolean told = names.contains(Command.STEPS) || names.contains(Command.UNTIL);
        if (command.perRun().isEmpty() && !told) {
            throw new Fault(
                    1456,
                    written.place() + " nothing tells the program how long to train.",
                    "neither ${steps} nor ${until}.",
                    "${steps}, the steps of this run, or ${until}, the step to stop at.",
                    "add one of them: " + EXAMPLE
                            + "; or, for a program that always trains as long, 'per_run: N' with a command to"
                            + " 'evaluate'.");
        }
        if (command.perRun().isPresent() && (told || command.evaluate().isEmpty())) {
            throw new Fault(
                    1457,
                    written.place() + " 'per_run' does not fit.",
                    told ? "'per_run' beside ${steps} or ${until}." : "'per_run' without 'evaluate'.",
                    "'per_run' and 'evaluate', for a program that always trains as long.",
                    told
                            ? "take 'per_run' out, or the word."
                            : "add 'evaluate', a command that measures without training.");
        }
        command.perRun().ifPresent(steps -> multiples(steps, specification));
    }

    private static void multiples(long steps, Specification specification) {
        var every = Optional.ofNullable(specification.settings().entries().get("ready"))
                .filter(Setting.Mapping.class::isInstance)
                .flatMap(r -> Optional.ofNullable(r.asMapping().entries().get("every")));
        var budget = specification.settings().entries().get("budget");
        var most = Optional.ofNullable(budget)
                .flatMap(b -> Optional.ofNullable(b.asMapping().entries().get(Command.STEPS)));
        for (var count : java.util.stream.Stream.of(every, most)
                .flatMap(Optional::stream)
                .toList()) {
            if (count.asWhole() % steps != 0) {
                throw new Fault(
                        1458,
                        count.place() + " the program does not stop there.",
                        count + " steps, by runs of " + steps + ".",
                        "a multiple of 'per_run'.",
                        "write " + Math.max(steps, count.asWhole() / steps * steps) + ".");
            }
        }
    }

    private static void weights(Command command, Setting written, Optional<Setting> evaluate) {
        var names = command.train().names();
        if (!names.contains(Command.SAVE)) {
            throw lacks(
                    1454,
                    written,
                    Command.SAVE,
                    "weights that are not saved cannot be copied, nor measured at the end");
        }
        if (!names.contains(Command.RESTORE)) {
            throw lacks(1455, written, Command.RESTORE, "no segment would go on from the one before");
        }
        evaluate.filter(e -> !command.evaluate().orElseThrow().names().contains(Command.RESTORE))
                .ifPresent(e -> {
                    throw lacks(1455, e, Command.RESTORE, "there would be nothing to measure");
                });
    }

    private static Fault lacks(int code, Setting command, String word, String why) {
        return new Fault(
                code,
                command.place() + " the command has no ${" + word + "}.",
                command + ".",
                "${" + word + "}, a folder: " + why + ".",
                word.equals(Command.SAVE)
                        ? "tell the program where to save: --save ${save}."
                        : "tell the program what to load: optional: [--resume, \"${restore}\"].");
    }

    private static void hyperparameters(Command command, Setting written, Specification specification) {
        var always = command.train().main().names();
        var named = command.train().names();
        for (var parameter : specification.space().parameters()) {
            var name = parameter.name();
            if (!named.contains(name) && !command.receipts()) {
                throw new Fault(
                        1452,
                        place(specification, parameter) + " '" + name + "' has no way to the program.",
                        "no ${" + name + "} in " + written + ".",
                        "every hyperparameter named by the command.",
                        "add '--" + name + " ${" + name
                                + "}' to it; or, where the program learns it otherwise, let it say"
                                + " what is in force: 'receipts: required'.");
            }
            boolean conditional = parameter.when().isPresent();
            if (conditional && (always.contains(name) || inEvaluate(command, name))) {
                throw new Fault(
                        1461,
                        written.place() + " '" + name + "' is not always there.",
                        "${" + name + "}, which has a 'when', among words that are always there.",
                        "${" + name + "} among 'optional' words.",
                        "write 'optional: [[--" + name + ", \"${" + name + "}\"], ...]'.");
            }
        }
    }

    private static boolean inEvaluate(Command command, String name) {
        return command.evaluate().filter(e -> e.names().contains(name)).isPresent();
    }

    private static String place(Specification specification, Parameter parameter) {
        var parameters = Objects.requireNonNull(
                        specification.settings().entries().get("parameters"))
                .asMapping();
        return Objects.requireNonNull(parameters.entries().get(parameter.name()))
                        .place() + "";
    }
}
