package dev.clade.tuners.pb2;

import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A trainer whose gain a step depends on a kind and, for each kind, on a number `x`: kind `c` gains up to 1 at
/// `x = 0.8`, the others up to 0.4 at `x = 0.2`.
final class Kinds implements Trainer {

    private double q;
    private double rate;

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        switch (start.origin()) {
            case Origin.Fresh fresh -> q = 0;
            case Origin.Resume(var folder) -> q = read(folder);
            case Origin.Copy(var folder) -> q = read(folder);
            case Origin.Keep keep -> {}
            case Origin.Blend blend -> throw new IllegalArgumentException("no blend");
            case Origin.Lane lane -> throw new IllegalArgumentException("no lanes");
        }
        boolean good = start.values().text("kind").equals("c");
        double off = start.values().real("x") - (good ? 0.8 : 0.2);
        rate = (good ? 1 : 0.4) / (1 + 20 * off * off);
        return start.values();
    }

    private static double read(Path folder) throws IOException {
        return Double.parseDouble(Files.readString(folder.resolve("q")));
    }

    @Override
    public void train(Stretch stretch) {
        while (stretch.advance(1)) {
            q += rate;
        }
    }

    @Override
    public Evaluation evaluate(long seed) {
        return Evaluation.of("score", q);
    }

    @Override
    public void save(Path folder) throws IOException {
        Files.writeString(folder.resolve("q"), Double.toString(q));
    }
}
