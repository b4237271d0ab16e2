package dev.clade.run;

import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/// Climbers that climb together: lane by lane what each would do alone. Copies between lanes are one gather.
final class Choir implements Lanes {

    private final int width;
    private final Climber.Script script;
    private final SortedMap<Integer, Climber> climbers = new TreeMap<>();
    private final Path folder;

    /// How often one lane took weights of another in hand.
    int gathers;

    /// @param script called once for each lane at each call
    /// @param folder for what is in hand while lanes change places
    Choir(int width, Climber.Script script, Path folder) {
        this.width = width;
        this.script = script;
        this.folder = folder;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public SortedMap<Integer, Hyperparameters> begin(SortedMap<Integer, Start> starts) throws IOException {
        var stood = new TreeMap<Integer, Path>();
        for (var start : starts.values()) {
            if (start.origin() instanceof Origin.Lane(var from) && !stood.containsKey(from)) {
                var at = Files.createTempDirectory(folder, "lane");
                climber(from).save(at);
                stood.put(from, at);
                gathers++;
            }
        }
        var receipts = new TreeMap<Integer, Hyperparameters>();
        for (var entry : starts.entrySet()) {
            var start = entry.getValue();
            var origin = start.origin() instanceof Origin.Lane(var from)
                    ? new Origin.Copy(java.util.Objects.requireNonNull(stood.get(from)))
                    : start.origin();
            receipts.put(
                    entry.getKey(),
                    climber(entry.getKey()).begin(new Start(origin, start.seed(), start.values(), start.changed())));
        }
        return receipts;
    }

    private Climber climber(int lane) {
        return climbers.computeIfAbsent(lane, l -> new Climber(script));
    }

    @Override
    public void train(SortedMap<Integer, Stretch> moving) {
        moving.forEach((lane, stretch) -> climber(lane).train(stretch));
    }

    @Override
    public SortedMap<Integer, Evaluation> evaluate(SortedMap<Integer, Long> seeds) {
        var evaluations = new TreeMap<Integer, Evaluation>();
        seeds.forEach((lane, seed) -> evaluations.put(lane, climber(lane).evaluate(seed)));
        return evaluations;
    }

    @Override
    public Evaluation report(int lane, long seed) {
        return climber(lane).evaluate(seed);
    }

    @Override
    public void save(int lane, Path to) throws IOException {
        climber(lane).save(to);
    }
}
