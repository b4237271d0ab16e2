package dev.clade.zoo.digits;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.member.Crew;
import dev.clade.zoo.member.CrewContract;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsModelsTest extends CrewContract<Network> {

    private static final int BATCH = 8;
    private static final Schedule SCHEDULE = new Schedule.Cosine(200);

    @TempDir
    static Path synthetic;

    static Data data;

    @BeforeAll
    static void read() throws IOException {
        data = Data.read(Synthetic.written(synthetic, 300, 50), 0.2);
    }

    @Override
    protected List<Network> kinds() {
        return List.of(new Convolutional(), new Perceptron());
    }

    @Override
    protected Lanes lanes(Network network, int width) throws IOException {
        return Crew.of(some -> new DigitsModels(data, network, BATCH, SCHEDULE, some), width, Placement.HERE);
    }

    @Override
    protected Trainer alone(Network network) throws IOException {
        return Solo.of(() -> new DigitsModel(data, network, BATCH, SCHEDULE), Placement.HERE);
    }

    @Override
    protected Hyperparameters values(int member) {
        var rates = List.<Value>of(
                new Value.Real(member % 3 == 0 ? 0 : 0.05 * member),
                new Value.Real(0.1),
                new Value.Real(0.02 * member));
        return new Hyperparameters(new TreeMap<>(Map.of(
                "lr", new Value.Real(0.01 + 0.003 * member),
                "momentum", new Value.Real(0.5 + 0.04 * member),
                "weight_decay", new Value.Real(1e-4 * member),
                "label_smoothing", new Value.Real(0.02 * member),
                "dropout", new Value.Vector(rates))));
    }

    @Override
    protected Map<String, Value> ruinous() {
        return Map.of("lr", new Value.Real(1e20));
    }

    @Override
    protected Tolerance tolerance() {
        return Tolerance.ROUNDINGS;
    }

    /// A rounding may tip one of the sixty images.
    @Override
    protected double apart(String metric) {
        return metric.equals("accuracy") ? 0.02 : 1e-3;
    }

    @Override
    protected Set<String> reported() {
        return Set.of("test_accuracy", "test_loss");
    }

    /// More than take a step together.
    @Test
    void aLargeCrew_trainsInParts_andEachAsAlone() throws IOException {
        var network = new Perceptron();
        var all = IntStream.range(0, 70).toArray();
        try (var lanes = lanes(network, 70)) {
            var starts = new TreeMap<Integer, Start>();
            for (int lane : all) {
                starts.put(lane, start(new Origin.Fresh(), lane % 10));
            }
            lanes.begin(starts);
            lanes.train(steps(5, all));
            for (int member = 0; member < 10; member++) {
                try (var alone = separate(network)) {
                    alone.begin(one(0, start(new Origin.Fresh(), member)));
                    alone.train(steps(5, 0));
                    for (int lane = member; lane < 70; lane += 10) {
                        equal(lanes, lane, alone, tolerance().soon());
                    }
                }
            }
        }
    }

    @Test
    void crewSize_thatIsMeasured_isNoLargerThanAsked() throws IOException {
        measuresItsSize(new Perceptron());
    }
}
