package dev.clade.run.session;

import dev.clade.run.session.Message.Answer;
import dev.clade.run.session.Message.Applied;
import dev.clade.run.session.Message.Asked;
import dev.clade.run.session.Message.Begin;
import dev.clade.run.session.Message.Draw;
import dev.clade.run.session.Message.Drawn;
import dev.clade.run.session.Message.Evaluate;
import dev.clade.run.session.Message.Evaluated;
import dev.clade.run.session.Message.From;
import dev.clade.run.session.Message.Request;
import dev.clade.run.session.Message.Save;
import dev.clade.run.session.Message.Saved;
import dev.clade.run.session.Message.Shares;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.TrainingFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// Members that a program trains: one slot's. The program is started when it is first needed, stays warm from then on,
/// and is started again after it has ended.
final class Session implements Lanes {

    /// Seeds on the line are below 2^53: the upper bits of Clade's.
    private static final int DROPPED_BITS = 11;

    private final Terms terms;
    private final Claim claim;
    private final Host host;
    private final int slot;
    private final int width;
    private volatile Optional<Conversation> talk = Optional.empty();
    private Optional<Greeting> greeting = Optional.empty();

    /// What each lane was built from that the program has in hand.
    private final SortedMap<Integer, SortedMap<String, Value>> built = new TreeMap<>();

    Session(Terms terms, Claim claim, Host host, int slot, int width) {
        this.terms = terms;
        this.claim = claim;
        this.host = host;
        this.slot = slot;
        this.width = width;
    }

    @Override
    public int width() {
        return width;
    }

    /// How the program has introduced itself, the last time that it was started.
    Optional<Greeting> greeting() {
        return greeting;
    }

    // ---- beginning

    @Override
    public SortedMap<Integer, Hyperparameters> begin(SortedMap<Integer, Start> starts) throws IOException {
        if (!open()) {
            built.clear();
        }
        for (var entry : starts.entrySet()) {
            inHand(entry.getKey(), entry.getValue().origin());
        }
        if (!open()) {
            start();
        }
        var first = starts.firstEntry().getValue().whose();
        host.segment(first.member(), first.segment());
        var batch = new ArrayList<Begin>();
        starts.forEach((lane, start) -> batch.add(message(lane, start)));
        batch.forEach(begin -> built.remove(begin.lane()));
        var receipts = new TreeMap<Integer, Hyperparameters>();
        ask(batch, Applied.class).forEach((lane, applied) -> {
            var values = Objects.requireNonNull(starts.get(lane)).values();
            built.put(lane, terms.structure(values));
            receipts.put(lane, Receipts.read(values, applied.values(), claim.optional()));
        });
        return receipts;
    }

    private boolean open() {
        return talk.filter(Conversation::open).isPresent();
    }

    private void start() throws IOException {
        talk.ifPresent(Conversation::close);
        talk = Optional.empty();
        var next = new Conversation(host.start());
        talk = Optional.of(next);
        greeting = Optional.of(next.greet(terms, claim, slot, width));
    }

    /// What is to be in hand went with the program that had it, if that has ended.
    private void inHand(int lane, Origin origin) {
        int of = origin instanceof Origin.Lane(var from) ? from : lane;
        boolean needed = origin instanceof Origin.Keep || origin instanceof Origin.Lane;
        if (needed && !built.containsKey(of)) {
            throw new TrainingFailed(
                    TrainingFailed.Kind.EXITED,
                    "" + Breach.exited("what it had in hand has gone with it").getMessage());
        }
    }

    private Begin message(int lane, Start start) {
        var whose = start.whose();
        return new Begin(
                lane,
                whose.member(),
                whose.segment(),
                from(start.origin()),
                start.seed() >>> DROPPED_BITS,
                new Asked(start.values(), start.changed()),
                rebuild(lane, start),
                whose.step(),
                whose.lineage());
    }

    private boolean rebuild(int lane, Start start) {
        return start.origin() instanceof Origin.Fresh
                || !Optional.of(terms.structure(start.values())).equals(builtFrom(lane));
    }

    /// Lanes are built alike: one that nobody was in yet has the objects of the others.
    private Optional<SortedMap<String, Value>> builtFrom(int lane) {
        return Optional.ofNullable(built.get(lane))
                .or(() -> built.values().stream().findFirst());
    }

    private static From from(Origin origin) {
        return switch (origin) {
            case Origin.Keep keep -> from("keep", Optional.empty());
            case Origin.Fresh fresh -> from("fresh", Optional.empty());
            case Origin.Resume(var folder) -> from("resume", Optional.of(folder));
            case Origin.Copy(var folder) -> from("copy", Optional.of(folder));
            case Origin.Blend(var folder, var keep, var fresh) ->
                new From(
                        "blend",
                        Optional.of(folder.toAbsolutePath()),
                        Optional.of(new Shares(keep, fresh)),
                        OptionalInt.empty());
            case Origin.Lane(var from) -> new From("lane", Optional.empty(), Optional.empty(), OptionalInt.of(from));
        };
    }

    private static From from(String origin, Optional<Path> folder) {
        return new From(origin, folder.map(Path::toAbsolutePath), Optional.empty(), OptionalInt.empty());
    }

    /// Also where the program has ended meanwhile: the member's own save is at hand.
    @Override
    public boolean keeps(SortedSet<String> changed) {
        return !terms.structural(changed) && open();
    }

    /// Not what went with a program that has ended, though another was started since.
    @Override
    public boolean holds(int lane) {
        return built.containsKey(lane) && open();
    }

    // ---- training

    @Override
    public void train(SortedMap<Integer, Stretch> moving) {
        Training.of(talk(), moving);
    }

    // ---- measuring and saving

    @Override
    public SortedMap<Integer, Evaluation> evaluate(SortedMap<Integer, Long> seeds) {
        var batch = new ArrayList<Evaluate>();
        seeds.forEach((lane, seed) -> batch.add(new Evaluate(lane, seed >>> DROPPED_BITS, "select")));
        return evaluations(batch);
    }

    @Override
    public Evaluation report(int lane, long seed) {
        var batch = List.of(new Evaluate(lane, seed >>> DROPPED_BITS, "report"));
        return Objects.requireNonNull(evaluations(batch).get(lane));
    }

    private SortedMap<Integer, Evaluation> evaluations(List<Evaluate> batch) {
        var evaluations = new TreeMap<Integer, Evaluation>();
        ask(batch, Evaluated.class).forEach((lane, evaluated) -> {
            var readings = new TreeMap<String, Reading>();
            evaluated.metrics().forEach((metric, samples) -> readings.put(metric, Reading.of(samples)));
            evaluations.put(lane, new Evaluation(readings));
        });
        return evaluations;
    }

    @Override
    public void save(int lane, Path folder) {
        ask(List.of(new Save(lane, folder.toAbsolutePath())), Saved.class);
    }

    /// Of a program that says it can draw.
    @Override
    public void pictures(int lane, Path folder, long seed) {
        if (greeting.filter(Greeting::draws).isPresent()) {
            ask(List.of(new Draw(lane, folder.toAbsolutePath(), seed >>> DROPPED_BITS)), Drawn.class);
        }
    }

    private <A extends Answer> SortedMap<Integer, A> ask(List<? extends Request> batch, Class<A> kind) {
        return new Exchange<>(talk(), batch, kind).made();
    }

    private Conversation talk() {
        return talk.orElseThrow(() -> new IllegalStateException("nothing has begun"));
    }

    // ---- the end

    @Override
    public boolean abort(String why) {
        talk.ifPresent(t -> t.abort(why));
        return true;
    }

    @Override
    public void close() {
        talk.ifPresent(Conversation::close);
        host.close();
    }
}
