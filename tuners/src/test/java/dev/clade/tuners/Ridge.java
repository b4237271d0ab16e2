package dev.clade.tuners;

import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Capability;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Place;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// A model of one number, which climbs fastest where `lr` is 0.01: a space of a real on a log scale, a whole number, a
/// choice and a parameter that depends on it. It fails as it is told to.
final class Ridge implements Trainer {

    /// The hyperparameters, as an experiment has them.
    static final String PARAMETERS = "parameters: {lr: {loguniform: [0.0001, 1]}, layers: {int: [1, 8]},"
            + " opt: {choice: [adam, sgd]}, momentum: {uniform: [0, 0.99], when: {opt: sgd}}}";

    /// What goes wrong.
    enum Trouble {
        NOTHING,
        /// Whoever trains with a large `lr` diverges.
        STEEP,
        /// One segment in five diverges, whatever its values.
        DIVERGES,
        /// One segment in five throws.
        THROWS,
        /// Nobody ever has a score.
        HOPELESS
    }

    private static final double STEEP = 0.1;
    private static final double NOISE = 0.01;

    private final Trouble trouble;
    private double height;
    private boolean unlucky;
    private Hyperparameters values = Hyperparameters.NONE;
    private Randomness random = Randomness.keyed(0, 0, 0);

    private Ridge(Trouble trouble) {
        this.trouble = trouble;
    }

    /// A trainer that can do whatever a tuner may ask for.
    static Trainer.Factory factory(Trouble trouble) {
        return new Trainer.Factory() {
            @Override
            public Trainer create(Place place) {
                return new Ridge(trouble);
            }

            @Override
            public Set<Capability> capabilities() {
                return Set.of(Capability.BLEND, Capability.MIDWAY, Capability.BITWISE);
            }
        };
    }

    @Override
    public Hyperparameters begin(Start start) throws IOException {
        switch (start.origin()) {
            case Origin.Fresh fresh -> height = 0;
            case Origin.Keep keep -> {}
            case Origin.Resume(var folder) -> height = read(folder);
            case Origin.Copy(var folder) -> height = read(folder);
            case Origin.Blend(var folder, double keep, double fresh) -> height = keep * read(folder);
            case Origin.Lane lane -> throw new IllegalArgumentException("no lanes");
        }
        values = start.values();
        random = Randomness.keyed(start.seed(), 0, 0);
        unlucky = random.of("luck").nextInt(5) == 0;
        return values;
    }

    private static double read(Path folder) throws IOException {
        return Double.parseDouble(Files.readString(folder.resolve("height")));
    }

    @Override
    public void train(Stretch stretch) {
        if (trouble == Trouble.THROWS && unlucky) {
            throw new IllegalStateException("out of luck");
        }
        var noise = random.of("steps");
        while (stretch.advance(1)) {
            height += gain() * (1 + 0.1 * noise.nextGaussian());
        }
    }

    private double gain() {
        double off = StrictMath.log10(values.real("lr")) + 2;
        return StrictMath.exp(-off * off) + 0.01 * values.whole("layers") + 0.1 * values.real("momentum", 0);
    }

    @Override
    public Evaluation evaluate(long seed) {
        return Evaluation.of(
                "q",
                fails()
                        ? Double.NaN
                        : height
                                + NOISE
                                        * Randomness.keyed(seed, 0, 0)
                                                .of("noise")
                                                .nextGaussian());
    }

    private boolean fails() {
        return switch (trouble) {
            case NOTHING, THROWS -> false;
            case STEEP -> values.real("lr") > STEEP;
            case DIVERGES -> unlucky;
            case HOPELESS -> true;
        };
    }

    @Override
    public void save(Path folder) throws IOException {
        Files.writeString(folder.resolve("height"), Double.toString(height));
    }
}
