package dev.clade.bench.sessions;

import dev.clade.population.Specification;
import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Place;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;

/// From the request to begin with a donor's weights to the receipt: in a session that is warm, and in a process that
/// must be started for it.
final class Copies {

    private static final int COLD = 7;
    private static final int WARM = 100;

    private final Trainer.Factory trainers;
    private final Hyperparameters values;

    Copies(Specification specification, Trainer.Factory trainers) {
        this.trainers = trainers;
        this.values = specification.space().draw(Randomness.keyed(1, 0, 0));
    }

    void print(Path folder, PrintStream out) throws IOException {
        var donor = Files.createDirectory(folder.resolve("donor"));
        try (var trainer = trainers.create(Place.ANYWHERE)) {
            trainer.begin(start(new Origin.Fresh()));
            trainer.train(Stretch.of(10));
            trainer.evaluate(1);
            trainer.save(donor);
        }
        var cold = new Times();
        for (int i = 0; i < COLD; i++) {
            try (var trainer = trainers.create(Place.ANYWHERE)) {
                cold.time(() -> trainer.begin(start(new Origin.Copy(donor))));
            }
        }
        var warm = new Times();
        try (var trainer = trainers.create(Place.ANYWHERE)) {
            trainer.begin(start(new Origin.Fresh()));
            for (int i = 0; i < WARM; i++) {
                trainer.evaluate(i);
                warm.time(() -> trainer.begin(start(new Origin.Copy(donor))));
            }
        }
        out.println("a copy by a process started for it: " + cold);
        out.println("a copy in a warm session:           " + warm);
        out.printf("ratio of the medians: %.0f%n", cold.median() / warm.median());
    }

    private Start start(Origin origin) {
        return new Start(origin, 1, values, new TreeSet<>());
    }
}
