package dev.clade.run.session;

import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// A session of one lane.
record Solo(Session session) implements Greeted {

    @Override
    public Optional<Greeting> greeting() {
        return session.greeting();
    }

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        return only(session.begin(lane(start)));
    }

    @Override
    public void train(Stretch stretch) {
        session.train(lane(stretch));
    }

    @Override
    public Evaluation evaluate(long seed) {
        return only(session.evaluate(lane(seed)));
    }

    @Override
    public Evaluation report(long seed) {
        return session.report(0, seed);
    }

    @Override
    public void save(Path folder) {
        session.save(0, folder);
    }

    @Override
    public void pictures(Path folder, long seed) {
        session.pictures(0, folder, seed);
    }

    @Override
    public boolean keeps(SortedSet<String> changed) {
        return session.keeps(changed);
    }

    @Override
    public boolean abort(String why) {
        return session.abort(why);
    }

    @Override
    public void close() {
        session.close();
    }

    private static <T> SortedMap<Integer, T> lane(T value) {
        var map = new TreeMap<Integer, T>();
        map.put(0, value);
        return map;
    }

    private static <T> T only(SortedMap<Integer, T> lanes) {
        return Objects.requireNonNull(lanes.get(0));
    }
}
