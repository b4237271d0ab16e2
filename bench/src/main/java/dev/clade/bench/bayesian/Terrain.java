package dev.clade.bench.bayesian;

import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Functions of hyperparameters whose minimum is known. `bench/python/optuna_regret.py` has the same ones.
enum Terrain {

    /// Branin's (Dixon, Szego 1978): two numbers, three equal minima.
    BRANIN(0.39788735772973816) {
        @Override
        Map<String, Setting> space() {
            return Map.of("x", range("uniform", -5, 10), "y", range("uniform", 0, 15));
        }

        @Override
        double at(Hyperparameters at) {
            double x = at.real("x");
            double valley = at.real("y") - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
            return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * StrictMath.cos(x) + 10;
        }
    },

    /// Hartmann's of six numbers (Dixon, Szego 1978): six minima, of which the second best is 0.12 above the best.
    HARTMANN6(-3.322368011415514) {
        @Override
        Map<String, Setting> space() {
            var space = new LinkedHashMap<String, Setting>();
            IntStream.range(0, 6).forEach(i -> space.put("x" + i, range("uniform", 0, 1)));
            return space;
        }

        @Override
        double at(Hyperparameters at) {
            double sum = 0;
            for (int i = 0; i < HEIGHTS.length; i++) {
                double distance = 0;
                for (int j = 0; j < 6; j++) {
                    double difference = at.real("x" + j) - CENTRES[i][j];
                    distance += STEEPNESS[i][j] * difference * difference;
                }
                sum -= HEIGHTS[i] * StrictMath.exp(-distance);
            }
            return sum;
        }
    },

    /// Ours: a learning rate whose best value depends on the optimiser and the number of layers, and a dropout whose
    /// best value depends on the optimiser. The least is 0, with adam and seven layers.
    MIXED(0) {
        @Override
        Map<String, Setting> space() {
            return Map.of(
                    "rate",
                    range("loguniform", 1e-5, 1),
                    "layers",
                    range("int", 1, 12),
                    "optimiser",
                    Setting.map(
                            "choice",
                            Setting.list(Stream.of("sgd", "adam", "rmsprop")
                                    .map(Setting::word)
                                    .toList())),
                    "dropout",
                    range("uniform", 0, 1));
        }

        @Override
        double at(Hyperparameters at) {
            var optimiser = at.text("optimiser");
            double layers = at.whole("layers");
            double bestRate = by(optimiser, -1.5, -3, -2.2) - 0.08 * (layers - 4);
            double rate = StrictMath.log10(at.real("rate")) - bestRate;
            double dropout = at.real("dropout") - by(optimiser, 0.6, 0.3, 0.6);
            return by(optimiser, 0.15, 0, 0.3)
                    + 0.3 * rate * rate
                    + 0.02 * (layers - 7) * (layers - 7)
                    + 2 * dropout * dropout;
        }
    };

    private static final double[] HEIGHTS = {1, 1.2, 3, 3.2};
    private static final double[][] STEEPNESS = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] CENTRES = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
        {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
        {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };

    /// Regret below this is none: `log10` of it is what is printed then.
    private static final double NONE = 1e-12;

    private final double least;

    Terrain(double least) {
        this.least = least;
    }

    abstract Map<String, Setting> space();

    abstract double at(Hyperparameters at);

    /// The decimal logarithm of how far a value lies above the least.
    double logRegret(double value) {
        return StrictMath.log10(Math.max(NONE, value - least));
    }

    private static double by(String optimiser, double sgd, double adam, double rmsprop) {
        return switch (optimiser) {
            case "sgd" -> sgd;
            case "adam" -> adam;
            default -> rmsprop;
        };
    }

    private static Setting range(String kind, double low, double high) {
        return Setting.map(kind, Setting.list(List.of(Setting.number(low), Setting.number(high))));
    }
}
