package dev.clade.app.cli;

import dev.clade.app.wire.Experiments;
import dev.clade.fault.Fault;
import dev.clade.population.Member;
import dev.clade.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `clade list`.
@Command(name = "list", description = "The experiments of a store, the newest first.")
final class ListCommand implements Callable<Integer> {

    /// The status of an experiment whose log is damaged or of a newer Clade: it keeps nobody from seeing the others.
    private static final String UNREADABLE = "unreadable";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        try (var experiments = store.existing()) {
            var named = experiments.all().stream()
                    .sorted(Comparator.comparing(Store.Named::created)
                            .reversed()
                            .thenComparing(Store.Named::name))
                    .toList();
            if (format.format() != Format.TABLE) {
                var all = named.stream().map(n -> document(experiments, n)).toList();
                new Document()
                        .with("store", experiments.url())
                        .with("experiments", all)
                        .print(out, format.format());
                return 0;
            }
            if (named.isEmpty()) {
                out.println("No experiments in " + experiments.url() + ". To begin one: clade run FILE");
                return 0;
            }
            var table = new Table("name", "status", "members", "mean step", "best", "metric", "created");
            var unreadable = new ArrayList<String>();
            named.forEach(n -> table.row(row(experiments, n, unreadable)));
            table.print(out, "");
            unreadable.forEach(out::println);
        }
        out.flush();
        return 0;
    }

    private static List<String> row(Experiments experiments, Store.Named named, List<String> unreadable) {
        try (var held = experiments.named(named.name())) {
            var seen = Seen.glance(held);
            return List.of(
                    named.name(),
                    seen.status().toString(),
                    Integer.toString(seen.population().size()),
                    Long.toString(Math.round(mean(seen))),
                    seen.best().map(b -> Text.number(seen.raw(b.evaluation()))).orElse("-"),
                    seen.specification().metric().name(),
                    Text.minute(named.created()));
        } catch (Fault fault) {
            unreadable.add("'" + named.name() + "' cannot be read: " + fault.getMessage());
            return List.of(named.name(), UNREADABLE, "-", "-", "-", "-", Text.minute(named.created()));
        }
    }

    private static double mean(Seen seen) {
        return seen.population().members().stream()
                .mapToLong(Member::step)
                .average()
                .orElse(0);
    }

    private static Document document(Experiments experiments, Store.Named named) {
        try (var held = experiments.named(named.name())) {
            var seen = Seen.glance(held);
            return new Document()
                    .with("name", named.name())
                    .with("id", named.id())
                    .with("status", seen.status())
                    .with("members", seen.population().size())
                    .with("mean_step", mean(seen))
                    .with("metric", seen.specification().metric().name())
                    .with("best", seen.best().map(b -> seen.raw(b.evaluation())))
                    .with("provisional", seen.best().map(Seen.Best::provisional))
                    .with("created", named.created())
                    .with("error", Optional.empty());
        } catch (Fault fault) {
            var none = Optional.empty();
            return new Document()
                    .with("name", named.name())
                    .with("id", named.id())
                    .with("status", UNREADABLE)
                    .with("members", none)
                    .with("mean_step", none)
                    .with("metric", none)
                    .with("best", none)
                    .with("provisional", none)
                    .with("created", named.created())
                    .with("error", String.valueOf(fault.getMessage()));
        }
    }
}
