package dev.clade.tuners.pb2;

import dev.clade.pbt.Exploit;
import dev.clade.pbt.PbtReader;
import dev.clade.pbt.PopulationBasedTraining;
import dev.clade.population.Specification;
import dev.clade.settings.Fields;
import dev.clade.tune.Tuner;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What PB2 and PB2-Mix are made of: PBT and settings of their own.
///
/// @param window rows that the model takes, from 1 to 1000; a decision's time grows with its cube
/// @param beta the factor of `ln(0.4 n)`, not negative
record Composition(int window, double beta) {

    /// The parts of PBT that a file may choose.
    static final Set<String> PARTS =
            Collections.unmodifiableSet(new LinkedHashSet<>(List.of("ready", "scores", "exploit", "inherit")));

    private static final int MOST_WINDOW = 1000;

    /// Ours: the authors take up to 1000, which would let a decision take seconds.
    private static final int DEFAULT_WINDOW = 100;

    /// The authors'.
    private static final double DEFAULT_BETA = 0.2;

    /// The authors' share of members that are replaced.
    private static final double TRUNCATION = 0.25;

    static Composition read(Fields fields) {
        return new Composition(
                fields.find("window")
                        .map(w -> {
                            int rows = w.asCount(1);
                            if (rows > MOST_WINDOW) {
                                throw w.wrong(w.asText(), "from 1 to " + MOST_WINDOW + " rows");
                            }
                            return rows;
                        })
                        .orElse(DEFAULT_WINDOW),
                fields.find("beta").map(b -> b.asReal(0, 1e6)).orElse(DEFAULT_BETA));
    }

    Tuner tuner(String word, int revision, Specification specification, Categories categories) {
        var pbt = PbtReader.pbt(specification);
        boolean chosen = specification.settings().entries().containsKey("exploit");
        return new PopulationBasedTraining(
                word,
                revision,
                pbt.ready(),
                pbt.ranking(),
                chosen ? pbt.exploit() : new Exploit.Truncation(TRUNCATION),
                new Pb2(window, beta, categories),
                pbt.inherit());
    }
}
