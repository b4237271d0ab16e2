package dev.clade.bench.soak;

import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Place;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is updated again and again.
interface Subject extends AutoCloseable {

    void update(int count);

    @Override
    void close();

    static Subject of(Runnable update, Runnable close) {
        return new Subject() {
            @Override
            public void update(int count) {
                for (int i = 0; i < count; i++) {
                    update.run();
                }
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }

    /// Members of a workload of the zoo, which take their steps together.
    static Subject workload(Map<String, String> trainer) throws IOException {
        var settings = new LinkedHashMap<String, Setting>();
        trainer.forEach((name, value) -> settings.put(name, Setting.text(value)));
        var lanes = new Zoo().read(Setting.map(settings), Path.of("")).lanes(Place.ANYWHERE);
        var starts = new TreeMap<Integer, Start>();
        for (int lane = 0; lane < lanes.width(); lane++) {
            starts.put(lane, new Start(new Origin.Fresh(), lane, Hyperparameters.NONE, new TreeSet<>()));
        }
        lanes.begin(starts);
        return new Subject() {
            @Override
            public void update(int count) {
                var moving = new TreeMap<Integer, Stretch>();
                starts.keySet().forEach(lane -> moving.put(lane, Stretch.of(count)));
                lanes.train(moving);
            }

            @Override
            public void close() {
                lanes.close();
            }
        };
    }
}
