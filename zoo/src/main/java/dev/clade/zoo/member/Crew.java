package dev.clade.zoo.member;

import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Members in lanes: [Models] as [Lanes]. Each is what [Solo] would make of it alone, to rounding: it draws the same
/// numbers, under the same hyperparameters, and is saved in the same form.
public final class Crew<S> implements Lanes {

    private final Models<S> models;
    private final Placement placement;

    /// The lane of each row: whoever trains lies in front.
    private final List<Integer> order = new ArrayList<>();

    /// What each lane has in hand.
    private final SortedMap<Integer, S> segments = new TreeMap<>();

    private Crew(Models<S> models, Placement placement) {
        this.models = models;
        this.placement = placement;
        IntStream.range(0, models.count()).forEach(order::add);
    }

    /// Makes models.
    @FunctionalInterface
    public interface Making<S> {
        Models<S> models(int count) throws IOException;
    }

    /// So many lanes.
    public static <S> Crew<S> of(Making<S> making, int width, Placement placement) throws IOException {
        try (var _ = placement.open()) {
            return new Crew<>(making.models(width), placement);
        }
    }

    @Override
    public int width() {
        return models.count();
    }

    // --- beginning

    @Override
    public SortedMap<Integer, Hyperparameters> begin(SortedMap<Integer, Start> starts) throws IOException {
        var next = new TreeMap<Integer, S>();
        var receipts = new TreeMap<Integer, Hyperparameters>();
        starts.forEach((lane, start) -> {
            var asked = Asked.of(models.name(), start.values());
            next.put(lane, models.segment(asked, random(start)));
            receipts.put(lane, asked.receipt());
        });
        try (var _ = placement.open()) {
            gather(starts);
            segments.keySet().removeAll(starts.keySet());
            for (var entry : starts.entrySet()) {
                try (var _ = Scope.still()) {
                    weigh(row(entry.getKey()), entry.getValue());
                }
            }
        }
        segments.putAll(next);
        return receipts;
    }

    private static Randomness random(Start start) {
        return Randomness.keyed(start.seed(), 0, 0);
    }

    /// Copies between lanes, all from the weights as they are before any is written.
    private void gather(SortedMap<Integer, Start> starts) {
        var from = IntStream.range(0, width()).toArray();
        starts.forEach((lane, start) -> {
            switch (start.origin()) {
                case Origin.Keep _ -> inHand(lane);
                case Origin.Lane(var source) -> {
                    inHand(source);
                    from[row(lane)] = row(source);
                }
                case Origin.Fresh _, Origin.Resume _, Origin.Copy _, Origin.Blend _ -> {}
            }
        });
        models.rearrange(from);
    }

    private S inHand(int lane) {
        var segment = segments.get(lane);
        if (segment == null) {
            throw new IllegalStateException("nothing has begun in lane " + lane);
        }
        return segment;
    }

    private int row(int lane) {
        return order.indexOf(lane);
    }

    private void weigh(int row, Start start) throws IOException {
        var random = random(start);
        switch (start.origin()) {
            case Origin.Keep _, Origin.Lane _ -> {}
            case Origin.Fresh _ -> models.draw(row, random);
            case Origin.Resume(var folder) -> Checkpoint.load(folder, models.parts(row));
            case Origin.Copy(var folder) -> Checkpoint.load(folder, models.parts(row));
            case Origin.Blend(var folder, var keep, var fresh) -> {
                Checkpoint.load(folder, models.parts(row));
                Blending.blend(models.weights(row), keep, fresh, () -> models.draw(row, random));
            }
        }
    }

    // --- training

    private record Lane<S>(int lane, Models.Runner<S> runner) {

        boolean ended() {
            return !runner.stretch().advance(1);
        }
    }

    /// A processor trains a large crew in parts, one after the other, each through its whole stretch; a GPU all at
    /// once.
    @Override
    public void train(SortedMap<Integer, Stretch> moving) {
        var lanes = new ArrayList<Lane<S>>();
        moving.forEach((lane, stretch) -> lanes.add(new Lane<>(lane, new Models.Runner<>(inHand(lane), stretch))));
        lanes.sort(Comparator.comparing(lane -> lane.runner().segment(), models.order()));
        int parts = placement.device().isHost() ? Math.ceilDiv(lanes.size(), models.most()) : 1;
        try (var _ = placement.open()) {
            for (int part = 0; part < parts; part++) {
                int from = part * lanes.size() / parts;
                int to = (part + 1) * lanes.size() / parts;
                through(new ArrayList<>(lanes.subList(from, to)));
            }
            placement.device().finish();
        }
    }

    /// Lanes whose stretch is over stand still: they lie behind those that go on, and out of the program.
    private void through(List<Lane<S>> lanes) {
        while (true) {
            lanes.removeIf(Lane::ended);
            if (lanes.isEmpty()) {
                return;
            }
            toTheFront(lanes);
            models.step(lanes.stream().map(Lane::runner).toList());
        }
    }

    private void toTheFront(List<Lane<S>> lanes) {
        var from = IntStream.range(0, width()).toArray();
        boolean moved = false;
        for (int i = 0; i < lanes.size(); i++) {
            int lane = lanes.get(i).lane();
            if (order.get(i) != lane) {
                int at = row(lane);
                order.set(at, order.get(i));
                order.set(i, lane);
                int row = from[at];
                from[at] = from[i];
                from[i] = row;
                moved = true;
            }
        }
        if (moved) {
            models.rearrange(from);
        }
    }

    // --- measuring and saving

    @Override
    public SortedMap<Integer, Evaluation> evaluate(SortedMap<Integer, Long> seeds) {
        var rows = new TreeMap<Integer, Long>();
        var each = new TreeMap<Integer, S>();
        seeds.forEach((lane, seed) -> {
            rows.put(row(lane), seed);
            each.put(row(lane), inHand(lane));
        });
        try (var _ = placement.open()) {
            var measured = models.evaluate(each, rows);
            var evaluations = new TreeMap<Integer, Evaluation>();
            seeds.keySet().forEach(lane -> evaluations.put(lane, Objects.requireNonNull(measured.get(row(lane)))));
            return evaluations;
        }
    }

    @Override
    public Evaluation report(int lane, long seed) {
        try (var _ = placement.open()) {
            return models.report(row(lane), inHand(lane), seed);
        }
    }

    @Override
    public void pictures(int lane, Path folder, long seed) throws IOException {
        try (var _ = placement.open()) {
            models.pictures(row(lane), folder, seed);
        }
    }

    @Override
    public void save(int lane, Path folder) throws IOException {
        try (var _ = placement.open()) {
            Checkpoint.save(folder, models.parts(row(lane)), Map.of("trainer", "zoo: " + models.name()));
        }
    }

    @Override
    public void close() {
        models.close();
    }
}
